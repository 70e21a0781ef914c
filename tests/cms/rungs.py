"""Videos in rungs for tests, as the pipeline lays them out."""

import posixpath

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from fitness.training.models import Video

MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360\n360p/index.m3u8\n"
RUNG = (
    b'#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI="init.mp4"\n'
    b"#EXTINF:4.0,\n0.m4s\n#EXTINF:4.0,\n1.m4s\n#EXT-X-ENDLIST\n"
)
SEGMENT = b"a few seconds"


def in_rungs(video: Video, *, mark: str = "0a1b2c") -> Video:
    """The video with a playlist, one rung and two segments in the private storage."""
    folder = f"hls/{video.uid}/{mark}"
    for name, content in {
        "master.m3u8": MASTER,
        "360p/index.m3u8": RUNG,
        "360p/init.mp4": b"head",
        "360p/0.m4s": SEGMENT,
        "360p/1.m4s": SEGMENT,
    }.items():
        storages["private"].save(posixpath.join(folder, name), ContentFile(content))
    again = Video.objects.get(pk=video.pk)
    again.hls = f"{folder}/master.m3u8"
    return again
