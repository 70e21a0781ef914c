"""Short films of one exercise: a few repetitions and a ring that fills with each of them."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from PIL import Image, ImageDraw

from config.demo.artwork import backdrop
from config.demo.artwork.brush import Camera, MaskBrush
from config.demo.artwork.movement import Movement
from config.demo.artwork.movements import MOVEMENTS
from config.demo.names import dice

SIZE = (854, 480)
FRAMES_A_SECOND = 24
WHITE = (255, 255, 255)
_GROUND, _ROOM = 408, 330
_RING, _RING_AT = 76, (748, 30)
_TARGET_SECONDS = 6


@dataclass(frozen=True)
class Clip:
    """One exercise on film, in the hue of the shelf it belongs to."""

    movement: str
    hue: float
    seed: int

    @property
    def repetitions(self) -> int:
        return max(round(_TARGET_SECONDS / MOVEMENTS[self.movement].seconds), 1)

    @property
    def frames_a_repetition(self) -> int:
        return round(MOVEMENTS[self.movement].seconds * FRAMES_A_SECOND)

    @property
    def seconds(self) -> float:
        return self.repetitions * self.frames_a_repetition / FRAMES_A_SECOND


class FilmError(RuntimeError):
    """ffmpeg could not make a film; the message is what it said."""


def ffmpeg() -> str:
    """The system's ffmpeg, or the one that came as a package."""
    return shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()


def film(clip: Clip, *, to: Path) -> None:
    """Draw one repetition, show it as often as asked, and encode that."""
    pictures = _repetition(clip)
    with tempfile.TemporaryFile() as log:
        command = [ffmpeg(), *_RAW_INPUT, *_H264, str(to)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=log) as process:
            assert process.stdin is not None  # noqa: S101 - it was asked for
            for picture in _with_ring(pictures, clip.repetitions):
                process.stdin.write(picture.tobytes())
            process.stdin.close()
        if process.returncode:
            log.seek(0)
            raise FilmError(log.read().decode(errors="replace")[-500:])


def splice(parts: Sequence[Path], *, to: Path) -> None:
    """Put films of this module one after the other without encoding them again."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.writelines(f"file '{part.resolve()}'\n" for part in parts)
        listing.flush()
        command = [ffmpeg(), *_QUIET, "-f", "concat", "-safe", "0", "-i", listing.name]
        command += ["-c", "copy", "-movflags", "+faststart", str(to)]
        done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise FilmError(done.stderr.decode(errors="replace")[-500:])


_QUIET = ["-y", "-loglevel", "error", "-threads", "1"]
_RAW_INPUT = [
    *_QUIET, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}",
    "-r", str(FRAMES_A_SECOND), "-i", "-",
]  # fmt: skip
_H264 = [
    "-an", "-c:v", "libx264", "-preset", "veryfast", "-tune", "animation", "-crf", "32",
    "-pix_fmt", "yuv420p", "-g", "240", "-threads", "1", "-map_metadata", "-1",
    "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart",
]  # fmt: skip


def _repetition(clip: Clip) -> list[Image.Image]:
    ground = _ground(clip)
    movement = MOVEMENTS[clip.movement]
    camera = _camera(movement)
    count = clip.frames_a_repetition
    return [_picture(ground, camera, movement, step / count) for step in range(count)]


def _ground(clip: Clip) -> Image.Image:
    rng = dice(seed=clip.seed, name=f"clip:{clip.movement}")
    image = backdrop.gradient(size=SIZE, hue=clip.hue)
    for circle in backdrop.circles(rng=rng, hue=clip.hue, width=SIZE[0] / SIZE[1]):
        backdrop.paint(image, circle)
    return image


def _camera(movement: Movement) -> Camera:
    extent = movement.extent()
    scale = min(4.4, 620 / extent.width, _ROOM / extent.top)
    ground = min(_GROUND, (SIZE[1] + scale * extent.top) / 2 + 10)
    return Camera(scale, SIZE[0] / 2 - extent.middle * scale, ground)


def _picture(ground: Image.Image, camera: Camera, movement: Movement, share: float) -> Image.Image:
    brush = MaskBrush(size=SIZE, camera=camera)
    movement.draw(brush, share)
    mask = brush.mask()
    drawn = mask.getbbox()
    picture = ground.copy()
    picture.paste(WHITE, drawn, mask.crop(drawn))
    return picture


def _with_ring(pictures: Sequence[Image.Image], repetitions: int) -> Iterator[Image.Image]:
    """Each picture as often as there are repetitions, its corner drawn anew each time."""
    left, top = _RING_AT
    corner = pictures[0].crop((left, top, left + _RING, top + _RING))
    total = len(pictures) * repetitions
    for index in range(total):
        picture, patch = pictures[index % len(pictures)], corner.copy()
        patch.paste(WHITE, (0, 0), _ring(done=index / (total - 1), parts=repetitions))
        picture.paste(patch, _RING_AT)
        yield picture


def _ring(*, done: float, parts: int) -> Image.Image:
    """A ring in as many pieces as repetitions, filled as far as time has passed."""
    side = _RING * 3
    ring = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ring)
    box = (3, 3, side - 4, side - 4)
    piece, gap = 360 / parts, min(16, 90 / parts)
    for part in range(parts):
        start = -90 + part * piece + gap / 2
        end = start + piece - gap
        draw.arc(box, start, end, fill=70, width=22)
        filled = min(max(done * parts - part, 0), 1)
        if filled:
            draw.arc(box, start, start + (end - start) * filled, fill=245, width=22)
    return ring.reduce(3)
