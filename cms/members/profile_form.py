"""What a member says of themselves on the site, in the units they chose."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms

from fitness.accounts.models import Profile, Units
from fitness.accounts.names import NAME_LENGTH, clean_name
from fitness.accounts.rules import check_birth_date
from fitness.body.models import (
    HEAVIEST_KG,
    LIGHTEST_KG,
    SHORTEST_CM,
    TALLEST_CM,
    Activity,
    Allergen,
    Diet,
    Goal,
    Sex,
)
from fitness.body.selectors import BodyView
from fitness.privacy.models import Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.services.health import tells_of_health

_KG_A_POUND, _CM_AN_INCH = Decimal("0.45359237"), Decimal("2.54")
_WEIGHTS: Final = ("weight_kg", "target_weight_kg")
_OF_BODY: Final = (
    "sex", "height_cm", "activity_level", "diet", "allergens", "goal", "target_weight_kg"
)  # fmt: skip
_HOURS: Final = [(hour, f"{hour:02}:00") for hour in range(7)]


class ProfileForm(forms.Form):
    """Only what was changed on the page is said: a phone may have changed the rest meanwhile."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False)
    birth_date = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sex = forms.ChoiceField(choices=Sex.choices, required=False)
    height_cm = forms.DecimalField(label="Height", required=False)
    weight_kg = forms.DecimalField(label="Weight", required=False)
    activity_level = forms.ChoiceField(label="Your days", choices=Activity.choices, required=False)
    goal = forms.ChoiceField(choices=Goal.choices, required=False)
    target_weight_kg = forms.DecimalField(label="Target weight", required=False)
    goal_minutes_a_day = forms.IntegerField(
        label="Minutes a day", min_value=1, max_value=600, help_text="Fills the ring of your day."
    )
    goal_workouts_a_week = forms.IntegerField(label="Workouts a week", min_value=1, max_value=21)
    diet = forms.ChoiceField(label="What you eat", choices=Diet.choices)
    allergens = forms.MultipleChoiceField(
        label="What you must not eat",
        choices=Allergen.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.ChoiceField(choices=Units.choices)
    time_zone = forms.ChoiceField(
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
    )
    day_starts_at = forms.TypedChoiceField(
        label="Your day starts at",
        choices=_HOURS,
        coerce=int,
        help_text="What you do before this hour counts for the day before.",
    )

    agrees = forms.BooleanField(label=TEXTS[Kind.HEALTH].wording, required=False)

    def __init__(
        self, data: Any, *, profile: Profile, body: BodyView, today: dt.date, has_agreed: bool
    ) -> None:
        is_imperial = profile.units == Units.IMPERIAL
        self._kg, self._cm = (_KG_A_POUND, _CM_AN_INCH) if is_imperial else (Decimal(1),) * 2
        self._today = today
        super().__init__(data, initial=self._told(profile, body))
        if has_agreed:
            del self.fields["agrees"]
        self._name_units("lb" if is_imperial else "kg", "in" if is_imperial else "cm")

    def said(self) -> dict[str, Any]:
        """What was changed on the page, as ``change_profile`` takes it."""
        told = {name: self.cleaned_data[name] for name in self.changed_data}
        told.pop("agrees", None)
        weight_kg = told.pop("weight_kg", None)
        body = {name: told.pop(name) for name in _OF_BODY if name in told}
        return {"changes": told, "body": body, "weight_kg": weight_kg}

    @property
    def is_health(self) -> bool:
        """Whether something was said that needs the consent to health data."""
        said = self.said()
        return tells_of_health(body=said["body"], weight_kg=said["weight_kg"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and "agrees" in self.fields and self.is_health and not data["agrees"]:
            self.add_error(
                "agrees",
                "Tick this, or leave empty what you say of your body, your food and your aims.",
            )
        return data

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_birth_date(self) -> dt.date | None:
        return check_birth_date(self.cleaned_data["birth_date"], today=self._today)

    def clean_height_cm(self) -> Decimal | None:
        return self._metric("height_cm", self._cm, Decimal("0.1"), (SHORTEST_CM, TALLEST_CM))

    def clean_weight_kg(self) -> Decimal | None:
        return self._metric("weight_kg", self._kg, Decimal("0.01"), (LIGHTEST_KG, HEAVIEST_KG))

    def clean_target_weight_kg(self) -> Decimal | None:
        limits = (LIGHTEST_KG, HEAVIEST_KG)
        return self._metric("target_weight_kg", self._kg, Decimal("0.01"), limits)

    def _told(self, profile: Profile, body: BodyView) -> dict[str, Any]:
        initial = {
            name: getattr(body if hasattr(body, name) else profile, name)
            for name in self.base_fields
            if name != "agrees"
        }
        for name in (*_WEIGHTS, "height_cm"):
            unit = self._cm if name == "height_cm" else self._kg
            if initial[name] is not None:
                initial[name] = _short(initial[name] / unit, places=2 if unit == 1 else 1)
        return initial

    def _name_units(self, weight: str, height: str) -> None:
        for name in (*_WEIGHTS, "height_cm"):
            field, unit = self.fields[name], height if name == "height_cm" else weight
            field.label = f"{field.label} ({unit})"
            field.widget.attrs |= {"step": "any", "inputmode": "decimal"}

    def _metric(
        self, name: str, unit: Decimal, step: Decimal, limits: tuple[Decimal, Decimal]
    ) -> Decimal | None:
        """What was typed, in metric; what was not touched is not said anew."""
        typed: Decimal | None = self.cleaned_data[name]
        if typed is None or name not in self.changed_data:
            return typed
        low, high = limits
        if not low <= typed * unit <= high:
            first, last = -(-low // unit), high // unit
            raise forms.ValidationError(f"Give a figure from {first} to {last}.")
        return (typed * unit).quantize(step)


def _short(figure: Decimal, *, places: int) -> Decimal:
    """As people write it: ``70.5`` and ``70``, not ``70.50``."""
    return Decimal(f"{round(figure, places).normalize():f}")
