"""Captions on the page of their video: a row a language, and an empty one for the next."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from cms.media.captions import read_captions
from cms.media.models import Caption
from fitness.training.models import Video

_PREFIX = "captions"
_MOST_BYTES = 1024 * 1024


class CaptionForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """One language: typed in, or read from a file of WebVTT or SubRip."""

    upload = forms.FileField(
        required=False,
        label="From a file",
        help_text="WebVTT or .srt. It takes the place of the text.",
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )

    class Meta:
        model = Caption
        fields = ("language", "label", "text")
        widgets = {
            "language": forms.TextInput(attrs={"placeholder": "en", "size": 8}),
            "label": forms.TextInput(attrs={"placeholder": "English"}),
            "text": forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False  # a file will do

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        field = "upload" if upload else "text"
        try:
            text = _text_of(upload) if upload else cleaned.get("text", "")
            if not text.strip():
                raise ValueError("Write the captions here, or choose a file.")  # noqa: TRY301
            cleaned["text"] = read_captions(text)
        except ValueError as error:
            self.add_error(field, ValidationError(str(error), code="captions"))
        return cleaned


CaptionFormSet = forms.inlineformset_factory(Video, Caption, form=CaptionForm, extra=1)


def captions_of(video: Video, *, data: Mapping[str, Any] | None, files: Any) -> Any:
    """The rows of a video's captions, filled in if the browser's form had them."""
    is_filled = data is not None and f"{_PREFIX}-TOTAL_FORMS" in data
    return CaptionFormSet(
        data if is_filled else None,
        files if is_filled else None,
        instance=video,
        prefix=_PREFIX,
        queryset=Caption.objects.order_by("language"),
    )


def _text_of(upload: "UploadedFile[Any]") -> str:
    if (upload.size or 0) > _MOST_BYTES:
        raise ValueError("The file is larger than 1 MB, too large for captions.")
    try:
        return str(upload.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not saved as UTF-8 text.") from None
