"""The words that go with a video, for whoever may watch it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from cms.media.captions import spoken_text
from cms.media.models import Caption, Chapter
from fitness.training.models import Video


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """Captions of one language, and the name under which their address is signed."""

    name: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A part of a video that begins ``start_s`` seconds into it."""

    start_s: int
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    """What goes with one video: its captions by language, its chapters from start to end."""

    captions: list[CaptionFile] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)


def words_of(videos: Iterable[Video]) -> Mapping[int, Words]:
    """The captions and chapters of each video: two queries for any number."""
    pks = [video.pk for video in videos]
    words: dict[int, Words] = {pk: Words() for pk in pks}
    captions = Caption.objects.filter(video__in=pks).order_by("language")
    for video_id, uid, language, label in captions.values_list("video", "uid", "language", "label"):
        words[video_id].captions.append(CaptionFile(caption_name(uid), language, label))
    chapters = Chapter.objects.filter(video__in=pks).order_by("start_seconds")
    for video_id, start_s, title in chapters.values_list("video", "start_seconds", "title"):
        words[video_id].chapters.append(ChapterMark(start_s, title))
    return words


def caption_name(uid: object) -> str:
    """What is signed for captions; the text is a row and no file."""
    return f"captions/{uid}.vtt"


def caption_named(name: str) -> str | None:
    """The WebVTT of that name, if there is any: one query."""
    uid = name.removeprefix("captions/").removesuffix(".vtt")
    if name != caption_name(uid):
        return None
    return Caption.objects.filter(uid=uid).values_list("text", flat=True).first()


def transcripts_of(videos: Iterable[Video]) -> Mapping[int, str]:
    """What is said in each video: as an editor wrote it, or else as its first captions have it.

    One query for any number, none for none.
    """
    pks = [video.pk for video in videos]
    if not pks:
        return {}
    first = Caption.objects.filter(video=OuterRef("pk")).order_by("pk").values("text")[:1]
    found = Video.objects.filter(pk__in=pks).annotate(said=Subquery(first))
    return {
        pk: written or (spoken_text(said) if said else "")
        for pk, written, said in found.values_list("pk", "transcript__text", "said")
    }


def transcript_of(video: Video) -> str:
    """The same of one video; empty where nothing is said."""
    return transcripts_of([video]).get(video.pk, "")
