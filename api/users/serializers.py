"""What the apps send about the member."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from rest_framework import serializers

from fitness.accounts.models import Profile, Units, validate_time_zone
from fitness.accounts.names import ALIAS_LENGTH, NAME_LENGTH, clean_alias, clean_name
from fitness.accounts.rules import check_birth_date
from fitness.accounts.selectors import current_clock
from fitness.body.models import (
    HEAVIEST_KG,
    LIGHTEST_KG,
    SHORTEST_CM,
    TALLEST_CM,
    Activity,
    Allergen,
    Body,
    Diet,
    Goal,
    Sex,
)
from fitness.notifications.models import EVERY_DAY, MOST_REMINDERS, Channel, ReminderKind
from fitness.notifications.selectors import Wish

_OF_PROFILE: Final = frozenset(field.name for field in Profile._meta.get_fields())  # noqa: SLF001
_OF_BODY: Final = frozenset(field.name for field in Body._meta.get_fields())  # noqa: SLF001
_A_WEIGHT: Final = f"Give a weight from {LIGHTEST_KG} to {HEAVIEST_KG} kg."
_A_HEIGHT: Final = f"Give a height from {SHORTEST_CM} to {TALLEST_CM} cm."


def weight_field(**options: Any) -> serializers.DecimalField:
    """A weight that a person can have."""
    return serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=LIGHTEST_KG,
        max_value=HEAVIEST_KG,
        error_messages={"min_value": _A_WEIGHT, "max_value": _A_WEIGHT},
        **options,
    )


class DisplayIn(serializers.Serializer[Any]):
    """How the apps look to the member. On the wire all units are metric, whatever is shown."""

    units = serializers.ChoiceField(Units.choices)
    language = serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=16)


class ProfileIn(DisplayIn):
    """Who the member is, which clock they live by, and what plans need to know of them."""

    name = serializers.CharField(max_length=NAME_LENGTH, allow_blank=True)
    birth_date = serializers.DateField(allow_null=True)
    sex = serializers.ChoiceField(Sex.choices[1:], allow_blank=True)
    height_cm = serializers.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=SHORTEST_CM,
        max_value=TALLEST_CM,
        allow_null=True,
        error_messages={"min_value": _A_HEIGHT, "max_value": _A_HEIGHT},
    )
    weight_kg = weight_field(
        allow_null=True,
        required=False,
        help_text="News is kept as a weighing of now; absent or null changes nothing."
        " Weighings are corrected and deleted at /api/users/weights.",
    )
    activity_level = serializers.ChoiceField(Activity.choices[1:], allow_blank=True)
    diet = serializers.ChoiceField(Diet.choices)
    allergens = serializers.ListField(
        child=serializers.ChoiceField(Allergen.choices), max_length=len(Allergen.choices)
    )
    goal = serializers.ChoiceField(Goal.choices[1:], allow_blank=True)
    target_weight_kg = weight_field(allow_null=True)
    goal_minutes_a_day = serializers.IntegerField(min_value=1, max_value=600)
    goal_workouts_a_week = serializers.IntegerField(min_value=1, max_value=21)
    time_zone = serializers.CharField(max_length=64, validators=[validate_time_zone])
    day_starts_at = serializers.IntegerField(
        min_value=0, max_value=6, help_text="The hour at which the member's day begins."
    )

    def validate_name(self, name: str) -> str:
        return clean_name(name)

    def validate_birth_date(self, born: dt.date | None) -> dt.date | None:
        clock = current_clock(self.context["profile"])
        return check_birth_date(born, today=clock.day_of(self.context["now"]))

    def validate_allergens(self, allergens: list[str]) -> list[str]:
        return sorted(set(allergens))

    def said(self) -> dict[str, Any]:
        """What was sent, as ``change_profile`` takes it."""
        told: Mapping[str, Any] = self.validated_data
        weight_kg: Decimal | None = told.get("weight_kg")
        return {
            "changes": {name: told[name] for name in told if name in _OF_PROFILE},
            "body": {name: told[name] for name in told if name in _OF_BODY},
            "weight_kg": weight_kg,
        }


class ReminderIn(serializers.Serializer[Any]):
    """A wish to be reminded at a time of the member's own clock."""

    kind = serializers.ChoiceField(ReminderKind.choices)
    at = serializers.TimeField(help_text="To the minute, such as 07:30.")
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7),
        min_length=1,
        max_length=7,
        default=EVERY_DAY,
        help_text="1 is Monday.",
    )
    channels = serializers.ListField(
        child=serializers.ChoiceField(Channel.choices), min_length=1, max_length=3
    )
    is_on = serializers.BooleanField(default=True)

    def to_internal_value(self, data: Any) -> Any:
        # Within a PATCH of the settings a reminder is still told as a whole.
        if self.root is self:
            return super().to_internal_value(data)
        whole = ReminderIn(data=data)
        whole.is_valid(raise_exception=True)
        return whole.validated_data

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {
            **attrs,
            "at": attrs["at"].replace(second=0, microsecond=0),
            "weekdays": sorted(set(attrs["weekdays"])),
            "channels": sorted(set(attrs["channels"])),
        }


class SettingsIn(DisplayIn):
    """How the apps look to the member, how the member looks to others, and when to nudge them."""

    alias = serializers.CharField(
        max_length=ALIAS_LENGTH,
        allow_blank=True,
        help_text="The name that others see on leaderboards.",
    )
    is_on_boards = serializers.BooleanField(help_text="Shown on leaderboards; off until asked for.")
    reminders = serializers.ListField(child=ReminderIn(), max_length=MOST_REMINDERS)

    def validate_alias(self, alias: str) -> str:
        return clean_alias(alias)

    def validate_reminders(self, told: list[dict[str, Any]]) -> list[Wish]:
        wishes = [Wish(**one) for one in told]
        if len({(wish.kind, wish.at) for wish in wishes}) < len(wishes):
            raise serializers.ValidationError(
                "Set one reminder of a kind at a time.", code="duplicate"
            )
        return wishes
