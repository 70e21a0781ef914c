"""What the apps send about workouts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from fitness.accounts.models import validate_time_zone
from fitness.tracking.services import NewSet
from fitness.training.models import Access, Difficulty, Equipment, Exercise, Muscle

_A_DAY = 86_400
_EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_ORDERS = {
    "newest": ("-published_at", "-id"),
    "title": ("title", "id"),
    "shortest": ("duration_seconds", "id"),
    "longest": ("-duration_seconds", "-id"),
}


class WorkoutFilters(serializers.Serializer[Any]):
    """The query of a list of workouts; all filters hold at once."""

    category = serializers.SlugField(required=False, help_text="The slug of a category.")
    difficulty = serializers.ChoiceField(Difficulty.choices, required=False)
    equipment = serializers.ChoiceField(Equipment.choices, required=False)
    muscle = serializers.ChoiceField(Muscle.choices, required=False)
    access = serializers.ChoiceField(Access.choices, required=False)
    trainer = serializers.UUIDField(required=False, help_text="Those that a trainer made.")
    min_duration_s = serializers.IntegerField(required=False, min_value=0, max_value=_A_DAY)
    max_duration_s = serializers.IntegerField(required=False, min_value=0, max_value=_A_DAY)
    updated_since = serializers.DateTimeField(required=False)
    ordering = serializers.ChoiceField(list(_ORDERS), default="newest")

    def get_fields(self) -> dict[str, Any]:
        # ``source`` is a word of every serializer field's own, so it cannot be declared above.
        source = serializers.ChoiceField(
            [("library", "The library"), ("own", "The caller's own")], required=False
        )
        return {**super().get_fields(), "source": source}

    def validate_ordering(self, name: str) -> tuple[str, ...]:
        return _ORDERS[name]


def chosen_by(query: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that a query asks for, and its ``ordering``; a bare list is asked for often."""
    if not query:
        return {"ordering": _ORDERS["newest"]}
    filters = WorkoutFilters(data=query)
    filters.is_valid(raise_exception=True)
    chosen: dict[str, Any] = filters.validated_data
    return chosen


class ProgressIn(serializers.Serializer[Any]):
    """How far the member is in one video of the workout."""

    video = serializers.UUIDField()
    percent = serializers.IntegerField(min_value=0, max_value=100)
    position_s = serializers.IntegerField(min_value=0, max_value=_A_DAY)
    watched_at = serializers.DateTimeField(help_text="When the player was there.")


class SetIn(serializers.Serializer[Any]):
    exercise = serializers.UUIDField()
    reps = serializers.IntegerField(min_value=0, max_value=10_000, required=False)
    duration_s = serializers.IntegerField(min_value=0, max_value=_A_DAY, required=False)
    weight_kg = serializers.DecimalField(
        max_digits=6, decimal_places=2, min_value=0, required=False
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "reps" not in attrs and "duration_s" not in attrs:
            raise serializers.ValidationError("Say reps, duration_s or both.", code="empty_set")
        return attrs


class LogChanges(serializers.Serializer[Any]):
    """What can be said of a session, and said anew later."""

    duration_s = serializers.IntegerField(min_value=1, max_value=_A_DAY)
    effort = serializers.IntegerField(min_value=1, max_value=10, required=False, allow_null=True)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    sets = serializers.ListField(child=SetIn(), required=False, max_length=200)

    def validate_sets(self, sets: list[dict[str, Any]]) -> list[NewSet]:
        """The sets with the ids of their exercises; one query."""
        known = dict(
            Exercise.objects.filter(uid__in={done["exercise"] for done in sets}).values_list(
                "uid", "pk"
            )
        )
        return [
            NewSet(
                exercise_id=_known(known, done["exercise"]),
                reps=done.get("reps"),
                seconds=done.get("duration_s"),
                weight_kg=done.get("weight_kg"),
            )
            for done in sets
        ]


class LogIn(LogChanges):
    """A session that the member did. ``client_id`` is made on the phone, once a session."""

    client_id = serializers.UUIDField()
    occurred_at = serializers.DateTimeField(help_text="When the session began.")
    time_zone = serializers.CharField(
        max_length=64, required=False, validators=[validate_time_zone]
    )

    def validate_occurred_at(self, at: dt.datetime) -> dt.datetime:
        if not _EARLIEST <= at <= _LATEST:
            raise serializers.ValidationError("No session happened then.", code="out_of_range")
        return at


def _known(known: dict[UUID, int], uid: UUID) -> int:
    if uid not in known:
        raise serializers.ValidationError(f"There is no exercise {uid}.", code="does_not_exist")
    return known[uid]
