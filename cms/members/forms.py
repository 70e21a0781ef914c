"""What members send from their pages, checked before anything is asked of the domain."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fitness.accounts.names import clean_alias

_DAY_MINUTES = 24 * 60
_LONGEST_VIDEO_SECONDS = 24 * 3600


class DoneForm(forms.Form):
    """That a workout was done: by its own length, or by the minutes the member gives."""

    minutes = forms.IntegerField(min_value=1, max_value=_DAY_MINUTES, required=False)
    client_id = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, default_seconds: int) -> None:
        super().__init__(data)
        self.default_seconds = default_seconds

    @property
    def seconds(self) -> int:
        """How long the session was."""
        minutes: int | None = self.cleaned_data["minutes"]
        return minutes * 60 if minutes else self.default_seconds

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        if minutes is None and not self.default_seconds:
            raise ValidationError("Say how many minutes it took.")
        return minutes

    def clean_client_id(self) -> uuid.UUID:
        """The page's own id of this session, so that a second tap is the same session."""
        return self.cleaned_data["client_id"] or uuid.uuid4()


class ProgressForm(forms.Form):
    """How far a member came in a video."""

    percent = forms.IntegerField(min_value=0, max_value=100)
    position_seconds = forms.IntegerField(min_value=0, max_value=_LONGEST_VIDEO_SECONDS)
    watched_at = forms.DateTimeField(required=False)


class BoardForm(forms.Form):
    """Whether others may see the member on boards, and under which name."""

    is_on_boards = forms.BooleanField(required=False)
    alias = forms.CharField(max_length=30, required=False)

    def clean_alias(self) -> str:
        return clean_alias(self.cleaned_data["alias"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_on_boards") and data.get("alias") == "":
            raise ValidationError({"alias": "Choose the name that others see."})
        return data


def first_error(form: forms.Form) -> str:
    """One sentence that says what to mend."""
    return str(next(iter(form.errors.values()))[0])
