"""Films of every shape that people upload, made by the real ffmpeg."""

import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe


def film(
    path: Path, *, seconds: int = 2, size: str = "640x360", sound: bool = False, turned: int = 0
) -> Path:
    """A moving test picture, with or without a tone; ``turned`` as a phone held upright does."""
    plain = path.with_name(f"plain-{path.name}")
    told = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=24:d={seconds}"]
    if sound:
        told += ["-f", "lavfi", "-i", f"sine=d={seconds}", "-c:a", "aac"]
    told += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    _ffmpeg(*told, str(plain if turned else path))
    if turned:
        _ffmpeg("-display_rotation", str(turned), "-i", str(plain), "-c", "copy", str(path))
    return path


def hdr_white(path: Path, *, transfer: str, code: int) -> Path:
    """A film in ten bits that is one even tone, of the brightness that this code is in HDR."""
    told = f"color_trc={transfer}:color_primaries=bt2020:colorspace=bt2020nc:range=tv"
    tone = f"color=s=640x360:r=24:d=2,format=yuv420p10le,geq=lum={code}:cb=512:cr=512"
    _ffmpeg(
        *("-f", "lavfi", "-i", f"{tone},setparams={told}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", str(path)),
    )
    return path


def _ffmpeg(*told: str) -> None:
    subprocess.run([get_ffmpeg_exe(), "-y", "-loglevel", "error", *told], check=True)
