"""What editors fill in for the training library."""

from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from cms.media.caption_forms import captions_of
from cms.media.captions import as_time, read_chapters
from cms.media.files import discard
from cms.media.models import Chapter, PosterFrame, Transcript
from cms.media.posters import make_poster
from cms.media.probe import NotAVideoError, VideoFacts, probe
from cms.media.transcoding.services import ask_for_transcode
from cms.media.uploads.fields import ClaimedFile, UploadField
from fitness.training.models import Equipment, Muscle, Video


class VideoForm(WagtailAdminModelForm):
    """Takes a video file and what goes with it; making streams of it is the queue's work."""

    chapters = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "0:00 Warm-up\n1:30 Squats"}),
    )
    transcript = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 8}))
    frame = forms.ModelChoiceField(PosterFrame.objects.none(), required=False)

    file = UploadField(
        help_text="MP4, MOV, WebM or MKV. Length and size are read from it.", max_length=255
    )
    facts: VideoFacts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        if isinstance(field, UploadField) and self.for_user:
            field.user_id = self.for_user.pk
        video: Video = self.instance
        self.captions = captions_of(
            video, data=self.data if self.is_bound else None, files=self.files
        )
        if video.pk:
            starts = video.chapters.order_by("start_seconds")
            self.initial["chapters"] = "\n".join(
                f"{as_time(chapter.start_seconds)} {chapter.title}" for chapter in starts
            )
            transcript = Transcript.objects.filter(video=video).first()
            self.initial["transcript"] = transcript.text if transcript else ""
            self.fields["frame"].queryset = video.frames.order_by("at_seconds")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile) or _is_at_hand(upload):
            try:
                self.facts = probe(upload)
            except NotAVideoError as error:
                raise ValidationError(str(error), code="not_a_video") from error
            upload.seek(0)
        return upload

    def clean_chapters(self) -> dict[int, str]:
        # Of a new file nobody knows the length yet, or knows it only once all fields are read.
        length = 0 if "file" in self.changed_data else self.instance.duration_seconds
        try:
            return read_chapters(self.cleaned_data["chapters"], duration_seconds=length)
        except ValueError as error:
            raise ValidationError(str(error), code="chapters") from error

    @override
    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        return (not self.captions.is_bound or self.captions.is_valid()) and is_valid

    @override
    def save(self, commit: bool = True) -> Video:
        video: Video = self.instance
        old = self.initial.get("file")
        if self.facts:
            facts = self.facts
            video.duration_seconds = facts.duration_seconds
            video.width, video.height = facts.width, facts.height
            video.size_bytes = video.file.size
        if not video.pk:
            video.uploader = self.for_user
        self._take_poster(video)
        saved: Video = super().save(commit=commit)
        self._save_words(saved)
        if "file" in self.changed_data:
            replaced = str(old.name) if isinstance(old, FieldFile) else ""
            ask_for_transcode(video=saved, now=timezone.now(), replaced=replaced)
        return saved

    def _take_poster(self, video: Video) -> None:
        """An uploaded one comes before a chosen frame."""
        old, frame = self.initial.get("poster"), self.cleaned_data.get("frame")
        if "poster" in self.changed_data:
            if isinstance(old, FieldFile):
                discard(old)
            frame = None
        if video.pk and not video.poster:
            frame = video.frames.order_by("at_seconds").first()
        if frame:
            make_poster(video=video, frame=frame)

    def _save_words(self, video: Video) -> None:
        if self.captions.is_bound:
            self.captions.instance = video
            self.captions.save()
        if "chapters" in self.changed_data:
            Chapter.objects.filter(video=video).delete()
            Chapter.objects.bulk_create(
                Chapter(video=video, start_seconds=start, title=title)
                for start, title in self.cleaned_data["chapters"].items()
            )
        if "transcript" in self.changed_data:
            if text := self.cleaned_data["transcript"].strip():
                Transcript.objects.update_or_create(video=video, defaults={"text": text})
            else:
                Transcript.objects.filter(video=video).delete()


def _is_at_hand(file: Any) -> bool:
    """Whether looking into a claimed file is quick; one in a bucket is left to the queue."""
    return isinstance(file, ClaimedFile) and isinstance(file.storage, FileSystemStorage)


class ExerciseForm(WagtailAdminModelForm):
    """Says what an exercise needs and trains by ticking it off."""

    equipment = forms.MultipleChoiceField(
        choices=Equipment.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    muscles = forms.MultipleChoiceField(
        choices=Muscle.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
