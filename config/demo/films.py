"""Video rows with real files; their facts are read from the files, as for an editor's upload."""

import tempfile
import uuid
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from cms.media.probe import poster, probe
from config.demo.content.reading import Content, VideoText
from config.demo.names import uid
from config.demo.progress import Progress, Say
from config.demo.studio import Studio
from fitness.training.models import Video


def make_videos(content: Content, *, studio: Studio, seed: int, say: Say) -> dict[str, Video]:
    """Every video that a workout shows, by its slug; only those that are missing are made."""
    shown = {place.slug for workout in content.workouts for place in workout.videos}
    uids = {slug: uid(seed=seed, name=f"video:{slug}") for slug in content.videos if slug in shown}
    known = {video.uid: video for video in Video.objects.filter(uid__in=uids.values())}
    missing = [content.videos[slug] for slug, wanted in uids.items() if wanted not in known]
    for text in missing:
        studio.begin(text)
    progress = Progress(say, "videos", len(missing), every=4)
    for text in missing:
        video = _made(text, uid=uids[text.slug], studio=studio)
        known[video.uid] = video
        progress.step()
    return {slug: known[wanted] for slug, wanted in uids.items()}


def _made(text: VideoText, *, uid: uuid.UUID, studio: Studio) -> Video:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{text.slug}.mp4"
        studio.video(text, to=path)
        with path.open("rb") as file:
            return _kept(text, uid, file=File(file, name=path.name))


def _kept(text: VideoText, uid: uuid.UUID, *, file: "File[bytes]") -> Video:
    facts = probe(file)
    still = poster(file)
    file.seek(0)
    video = Video(
        uid=uid,
        title=text.title,
        duration_seconds=facts.duration_seconds,
        width=facts.width,
        height=facts.height,
        size_bytes=file.size,
    )
    video.file.save(file.name or "", file, save=False)
    video.poster.save(f"{uid}.jpg", ContentFile(still), save=False)
    video.save()
    return video
