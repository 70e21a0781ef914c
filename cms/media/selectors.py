"""The words that go with a video, for whoever may watch it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from cms.media.captions import spoken_text
from cms.media.models import Caption, Chapter, Transcript
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
    """What goes with one video: its captions by language, its chapters from start to end.

    ``transcript`` is the name under which the address of its transcript is signed, if it has one.
    """

    captions: list[CaptionFile] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)
    transcript: str = ""


def words_of(videos: Iterable[Video]) -> Mapping[int, Words]:
    """The captions, chapters and transcript of each video: one query for any number."""
    captions = Caption.objects.filter(video=OuterRef("pk")).order_by("language")
    chapters = Chapter.objects.filter(video=OuterRef("pk")).order_by("start_seconds")
    caption = JSONObject(uid="uid", language="language", label="label")
    chapter = JSONObject(start_s="start_seconds", title="title")
    pks = [video.pk for video in videos]
    found = Video.objects.filter(pk__in=pks).values_list(
        "pk",
        "uid",
        ArraySubquery(captions.values(json=caption)),
        ArraySubquery(chapters.values(json=chapter)),
        Exists(Transcript.objects.filter(video=OuterRef("pk")).exclude(text="")),
    )
    return {pk: Words() for pk in pks} | {
        pk: Words(
            [CaptionFile(caption_name(row["uid"]), row["language"], row["label"]) for row in said],
            [ChapterMark(**mark) for mark in marks],
            transcript_name(uid) if said or is_written else "",
        )
        for pk, uid, said, marks, is_written in found
    }


def caption_name(uid: object) -> str:
    """What is signed for captions; the text is a row and no file."""
    return f"captions/{uid}.vtt"


def caption_named(name: str) -> str | None:
    """The WebVTT of that name, if there is any: one query."""
    uid = name.removeprefix("captions/").removesuffix(".vtt")
    if name != caption_name(uid):
        return None
    return Caption.objects.filter(uid=uid).values_list("text", flat=True).first()


def transcript_name(uid: object) -> str:
    """What is signed for the transcript of a video; it is no file either."""
    return f"transcripts/{uid}.txt"


def transcript_named(name: str) -> str | None:
    """The transcript of that name, if there is any: two queries."""
    uid = name.removeprefix("transcripts/").removesuffix(".txt")
    if name != transcript_name(uid):
        return None
    video = Video.objects.filter(uid=uid).first()
    return (transcript_of(video) or None) if video else None


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
