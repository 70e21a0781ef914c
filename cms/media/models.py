"""What is made of an uploaded film, and the words that go with it."""

import uuid
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from cms.media.files import frames_folder
from fitness.core.models import TimestampedModel
from fitness.training.models import Video, private_storage

# Where a film stands, Wagtail keeps; that it names its uploader is nothing to keep there.
setattr(Video.uploader.field, "wagtail_reference_index_ignore", True)  # noqa: B010


class TranscodeState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WORKING = "working", "Working"
    READY = "ready", "Ready"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"


class TranscodeQuerySet(models.QuerySet["Transcode"]):
    def in_work(self) -> Self:
        """Those that somebody still waits for."""
        return self.filter(state__in=(TranscodeState.WAITING, TranscodeState.WORKING))

    def troubled(self) -> Self:
        """Those that an editor has to look at."""
        return self.filter(state__in=(TranscodeState.REFUSED, TranscodeState.FAILED))


class Transcode(models.Model):
    """How far a video's file is on its way to something every player can stream."""

    video = models.OneToOneField(
        Video, on_delete=models.CASCADE, primary_key=True, related_name="transcode"
    )
    state = models.CharField(
        max_length=8, choices=TranscodeState, default=TranscodeState.WAITING, db_index=True
    )
    percent = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(
        max_length=300, blank=True, help_text="What an editor is told when it did not work."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(
        max_length=255, blank=True, help_text="The file it is about: news of another is not heard."
    )
    source_hash = models.CharField(
        max_length=64, blank=True, help_text="The film whose frames were taken (SHA-256)."
    )
    replaced = models.CharField(
        max_length=255, blank=True, help_text="The file before, kept until the new one is accepted."
    )
    has_sound = models.BooleanField(
        null=True, help_text="Whether there is anything to hear; not known until it is looked at."
    )
    first_tick = models.BigIntegerField(
        null=True, help_text="Where the time of the streams begins, in MPEG's ticks (90 kHz)."
    )
    stream_folder = models.CharField(
        max_length=255, blank=True, help_text="The streams that the tick was measured in."
    )
    own_poster = models.CharField(
        max_length=255, blank=True, help_text="The poster, if it is a frame of the film."
    )
    started_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TranscodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="a_transcode_is_at_most_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video_id}: {self.get_state_display()}"

    @property
    def is_in_work(self) -> bool:
        return self.state in {TranscodeState.WAITING, TranscodeState.WORKING}


def _frame_name(frame: "PosterFrame", filename: str) -> str:
    """Beside the video, under a name of its own: an older address never shows a newer frame."""
    return f"{frames_folder(frame.video.uid)}/{uuid.uuid4().hex}.jpg"


class PosterFrame(models.Model):
    """A moment of the film that may become its poster. Private until an editor picks it."""

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="frames")
    at_seconds = models.PositiveIntegerField()
    picture = models.FileField(upload_to=_frame_name, storage=private_storage, max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "at_seconds"], name="one_frame_a_moment"),
        ]

    def __str__(self) -> str:
        minutes, seconds = divmod(self.at_seconds, 60)
        return f"{minutes}:{seconds:02}"


class Caption(TimestampedModel):
    """What is said and heard in a video, to be read along in one language."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        max_length=12,
        validators=[
            RegexValidator(
                r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
                "Write the language as a code, such as en, de or pt-BR.",
            )
        ],
    )
    label = models.CharField(max_length=60, help_text="What the player's menu says: English.")
    text = models.TextField(help_text="WebVTT.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "language"], name="one_caption_a_language"),
        ]

    def __str__(self) -> str:
        return self.label


class Chapter(models.Model):
    """A part of a video that a member can jump to."""

    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="chapters")
    start_seconds = models.PositiveIntegerField()
    title = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["video", "start_seconds"], name="one_chapter_starts_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Transcript(TimestampedModel):
    """What is said in a video as a text to read, for whoever cannot hear or see it."""

    video = models.OneToOneField(
        Video, on_delete=models.CASCADE, primary_key=True, related_name="transcript"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
