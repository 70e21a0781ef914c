"""What is asked of programmes by the apps."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce, JSONObject

from cms.core.listing import ListedQuerySet
from cms.programmes.models import ProgrammePage, ProgrammeSession


@dataclass(frozen=True, slots=True)
class Place:
    """A workout's place in a programme."""

    week: int
    day: int
    workout: uuid.UUID


def with_places(programmes: ListedQuerySet) -> ListedQuerySet:
    """The same programmes with what ``places_of`` reads, in the same query."""
    uid = Coalesce(F("workout__alias_of__translation_key"), F("workout__translation_key"))
    sessions = (
        ProgrammeSession.objects.filter(page=OuterRef("pk"))
        .order_by("week", "day", "sort_order")
        .values(json=JSONObject(week="week", day="day", workout=uid))
    )
    annotated: ListedQuerySet = programmes.annotate(places=ArraySubquery(sessions))
    return annotated


def places_of(page: ProgrammePage) -> list[Place]:
    """What is trained when, in order; an alias of a workout is the workout itself. No query."""
    annotated: Any = page
    places: list[dict[str, Any]] = annotated.places
    return [Place(place["week"], place["day"], uuid.UUID(place["workout"])) for place in places]


def with_trainer(programmes: ListedQuerySet, trainer: uuid.UUID) -> ListedQuerySet:
    """Those with a workout of this trainer, whose page can be seen."""
    theirs = ProgrammeSession.objects.filter(
        page=OuterRef("pk"),
        workout__live=True,
        workout__trainer__live=True,
        workout__trainer__translation_key=trainer,
    )
    made: ListedQuerySet = programmes.filter(Exists(theirs))
    return made
