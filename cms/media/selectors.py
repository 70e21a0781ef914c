"""The words that go with a video, for whoever may watch it."""

from collections.abc import Sequence

from cms.media.captions import spoken_text
from cms.media.models import Caption, Chapter, Transcript
from fitness.training.models import Video


def captions_of(video: Video) -> Sequence[Caption]:
    """A video's captions by language: one query."""
    return list(Caption.objects.filter(video=video).order_by("language"))


def chapters_of(video: Video) -> Sequence[Chapter]:
    """A video's chapters from start to end: one query."""
    return list(Chapter.objects.filter(video=video).order_by("start_seconds"))


def transcript_of(video: Video) -> str:
    """What is said: as an editor wrote it, or else as the first captions have it; two queries."""
    written = Transcript.objects.filter(video=video).first()
    if written:
        return written.text
    captions = Caption.objects.filter(video=video).order_by("pk").first()
    return spoken_text(captions.text) if captions else ""
