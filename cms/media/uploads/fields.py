"""The file input of a form, for files that are too large to be lost at the end of a line."""

from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from cms.media.uploads.places import IncompleteError
from cms.media.uploads.services import claim_upload
from cms.media.uploads.tickets import UploadGoneError
from fitness.training.models import Video


class ClaimedFile(FieldFile):
    """A file that came in parts and lies in its storage already."""


class UploadInput(forms.ClearableFileInput):
    """A plain file input; with JavaScript it sends the file in parts and shows how far it is.

    What the form then carries is the upload's token, and no file.
    """

    class Media:
        css = {"all": ("css/upload.css",)}
        js = (Script("js/upload.js", type="module"),)

    @override
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        token = value if isinstance(value, str) else ""
        context = {
            "input": super().render(name, None if token else value, attrs, renderer),
            "token_name": _token_name(name),
            "token": token,
            "start": reverse("upload_start"),
        }
        return SafeString(render_to_string("wagtailadmin/media/upload_input.html", context))

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        file = super().value_from_datadict(data, files, name)
        return file or data.get(_token_name(name)) or file

    @override
    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        omitted = super().value_omitted_from_data(data, files, name)
        return omitted and not data.get(_token_name(name))


class UploadField(forms.FileField):
    """Takes a plain file, or claims an upload for ``user_id``, which the form has to set."""

    widget = UploadInput
    user_id: int = 0

    @override
    def bound_data(self, data: Any, initial: Any) -> Any:
        """A form that comes back with a mistake elsewhere keeps the upload."""
        return data if data and isinstance(data, str) else super().bound_data(data, initial)

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:
        if not isinstance(data, str):
            return super().clean(data, initial)
        try:
            stored = claim_upload(token=data, user_id=self.user_id)
        except (UploadGoneError, IncompleteError) as error:
            raise ValidationError(str(error), code=error.code) from error
        return ClaimedFile(Video(), Video.file.field, stored.name)


def _token_name(name: str) -> str:
    return f"{name}-upload"
