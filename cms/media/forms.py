"""What editors fill in for the training library."""

from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from wagtail.admin.forms import WagtailAdminModelForm

from cms.media.probe import NotAVideoError, VideoFacts, poster, probe
from cms.media.receivers import discard
from cms.media.uploads.fields import ClaimedFile, UploadField
from fitness.training.models import Equipment, Muscle, Video


class VideoForm(WagtailAdminModelForm):
    """Takes a video file, reads its facts from it and makes a poster when none is given."""

    file = UploadField(
        help_text="MP4, MOV, WebM or MKV. Length and size are read from it.", max_length=255
    )
    facts: VideoFacts | None = None
    frame: bytes = b""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        if isinstance(field, UploadField) and self.for_user:
            field.user_id = self.for_user.pk

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile | ClaimedFile):
            try:
                self.facts = probe(upload)
                self.frame = poster(upload)
            except NotAVideoError as error:
                raise ValidationError(str(error), code="not_a_video") from error
            upload.seek(0)
        return upload

    @override
    def save(self, commit: bool = True) -> Video:
        video: Video = self.instance
        if self.facts:
            self._take_facts(video, self.facts)
        saved: Video = super().save(commit=commit)
        return saved

    def _take_facts(self, video: Video, facts: VideoFacts) -> None:
        video.duration_seconds = facts.duration_seconds
        video.width, video.height = facts.width, facts.height
        video.size_bytes = video.file.size
        replaced = self.initial.get("file")
        if isinstance(replaced, FieldFile):
            discard(replaced)
        if "poster" not in self.changed_data:
            # Named by the uid: a poster is public, the name of the video's file is not.
            video.poster.save(f"{video.uid}.jpg", ContentFile(self.frame), save=False)


class ExerciseForm(WagtailAdminModelForm):
    """Says what an exercise needs and trains by ticking it off."""

    equipment = forms.MultipleChoiceField(
        choices=Equipment.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    muscles = forms.MultipleChoiceField(
        choices=Muscle.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
