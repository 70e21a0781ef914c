"""Which sizes a film is offered in, and how ffmpeg is asked to make all of them in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cms.media.probe import VideoFacts

MASTER = "master.m3u8"
_PLAYLIST = "index.m3u8"
_HEIGHTS = (360, 720, 1080)
# A picture between two rungs becomes one of its own when it is this much larger than the lower.
_WORTH_A_RUNG = 1.15
_SEGMENT_SECONDS = 4
_MOST_FRAMES_A_SECOND = 30
_LONGEST_SECONDS = 4 * 3600
_LARGEST_STILL = 1280
# What 720 lines take at most. Others follow by their area: small pictures need more a pixel.
_KILOBITS_OF_720 = 2800
_AREA_EXPONENT = 0.75


@dataclass(frozen=True, slots=True)
class Rung:
    """One size of the ladder, named by its shorter side as people name it: 720p."""

    width: int
    height: int

    @property
    def name(self) -> str:
        return f"{min(self.width, self.height)}p"

    @property
    def kilobits(self) -> int:
        share: float = (self.width * self.height / (1280 * 720)) ** _AREA_EXPONENT
        return max(round(_KILOBITS_OF_720 * share), 200)


def rungs_for(*, width: int, height: int) -> list[Rung]:
    """Up to three sizes, smallest first; none is larger than the film itself."""
    short = min(width, height)
    sides = [side for side in _HEIGHTS if side <= short]
    largest = min(short, _HEIGHTS[-1])
    if not sides or largest > sides[-1] * _WORTH_A_RUNG:
        sides.append(largest)
    return [_scaled(width, height, side / short) for side in sides]


def arguments(*, source: Path, facts: VideoFacts, rungs: Sequence[Rung], into: Path) -> list[str]:
    """What ffmpeg is told: one reading of the source, every rung written beside its playlist.

    Only the file itself may be read, as the one format that its first bytes name.
    """
    return [
        *("-protocol_whitelist", "file", "-f", facts.container, "-t", str(_LONGEST_SECONDS)),
        *("-i", f"file:{source}", "-filter_complex", _filters(rungs, facts)),
        *_streams(rungs, has_sound=facts.has_sound),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"),
        *("-fpsmax", str(_MOST_FRAMES_A_SECOND), "-sc_threshold", "0"),
        *("-force_key_frames", f"expr:gte(t,n_forced*{_SEGMENT_SECONDS})"),
        *("-map_metadata", "-1", "-f", "hls", "-hls_time", str(_SEGMENT_SECONDS)),
        *("-hls_playlist_type", "vod", "-hls_flags", "independent_segments"),
        *(
            "-master_pl_name",
            MASTER,
            "-var_stream_map",
            _variants(rungs, has_sound=facts.has_sound),
        ),
        *("-hls_segment_filename", str(into / "%v" / "%05d.ts"), str(into / "%v" / _PLAYLIST)),
    ]


def still_arguments(*, source: Path, facts: VideoFacts, at: int, into: Path) -> list[str]:
    """What ffmpeg is told to take one picture of an HDR film, as bright as the streams show it."""
    share = min(_LARGEST_STILL / max(facts.width, facts.height), 1)
    toned = _toned(facts.transfer, _scaled(facts.width, facts.height, share))
    return [
        *("-protocol_whitelist", "file", "-f", facts.container, "-ss", str(at)),
        *("-i", f"file:{source}", "-frames:v", "1", "-an", "-filter_complex"),
        f"[0:V:0]{toned}scale=in_color_matrix=bt709:in_range=limited:out_range=full,format=rgb24",
        str(into),
    ]


def _scaled(width: int, height: int, share: float) -> Rung:
    return Rung(_even(width * share), _even(height * share))


def _even(pixels: float) -> int:
    """What H.264 takes: an even number of pixels."""
    return max(int(pixels + 0.01) // 2 * 2, 2)


def _filters(rungs: Sequence[Rung], facts: VideoFacts) -> str:
    """ffmpeg turns the picture upright before these. ``V`` leaves covers of the file out."""
    inputs = "".join(f"[in{number}]" for number in range(len(rungs)))
    scaled = [
        f"[in{number}]scale={rung.width}:{rung.height},setsar=1[out{number}]"
        for number, rung in enumerate(rungs)
    ]
    toned = _toned(facts.transfer, rungs[-1]) if facts.transfer else ""
    return ";".join([f"[0:V:0]{toned}split={len(rungs)}{inputs}", *scaled])


def _toned(transfer: str, largest: Rung) -> str:
    """HDR brought to what every screen shows, at the size that is needed of it.

    White (203 nits, ITU-R BT.2408) stays white; mobius bends only what is brighter.
    """
    return (
        f"scale={largest.width}:{largest.height},"
        f"zscale=tin={transfer}:pin=2020:min=2020_ncl:t=linear:npl=203,format=gbrpf32le,"
        "zscale=p=709,tonemap=mobius,zscale=t=709:m=709:r=limited,format=yuv420p,"
    )


def _streams(rungs: Sequence[Rung], *, has_sound: bool) -> list[str]:
    told: list[str] = []
    for number, rung in enumerate(rungs):
        told += ["-map", f"[out{number}]"]
        told += [f"-maxrate:v:{number}", f"{rung.kilobits}k"]
        told += [f"-bufsize:v:{number}", f"{2 * rung.kilobits}k"]
        if has_sound:
            told += ["-map", "0:a:0"]
    return [*told, *_SOUND] if has_sound else told


_SOUND = ("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000")


def _variants(rungs: Sequence[Rung], *, has_sound: bool) -> str:
    return " ".join(
        f"v:{number},a:{number},name:{rung.name}" if has_sound else f"v:{number},name:{rung.name}"
        for number, rung in enumerate(rungs)
    )
