"""What editors fill in for a workout."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cms.core.forms import CheckedPageForm
from cms.trainers.accounts import writes_own_only
from fitness.accounts.models import User
from fitness.training.models import Equipment

TWICE = ValidationError("A video can stand in a workout only once.", code="video_twice")


class WorkoutPageForm(CheckedPageForm):
    """Equipment to tick off, videos once each, and for a trainer no trainer but them."""

    equipment = forms.MultipleChoiceField(
        choices=Equipment.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = trainers_to_name(self.for_user) if self.for_user else None
        if "trainer" in self.fields and own is not None:
            self.fields["trainer"] = forms.ModelChoiceField(
                queryset=own, initial=own.first(), empty_label=None
            )

    def clean(self) -> Any:
        data = super().clean()
        if "videos" in self.formsets and has_twice(self._chosen_videos()):
            self.add_error(None, TWICE)
        return data

    def _chosen_videos(self) -> list[int]:
        chosen = []
        for row in self.formsets["videos"].forms:
            row.full_clean()
            given = getattr(row, "cleaned_data", {})
            if given.get("video") and not given.get("DELETE"):
                chosen.append(given["video"].pk)
        return chosen


def has_twice(chosen: list[int]) -> bool:
    """Whether something was chosen more than once."""
    return len(set(chosen)) < len(chosen)


def trainers_to_name(user: User) -> QuerySet[Any] | None:
    """The pages that a trainer may name as a workout's; ``None`` for whoever may name any."""
    own: QuerySet[Any] = user.trainer_pages.order_by("pk")
    return own if writes_own_only(user) else None
