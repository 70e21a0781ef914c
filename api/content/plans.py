"""The weeks of a programme as the apps see them."""

import uuid
from collections.abc import Mapping, Sequence
from itertools import groupby

from api.content.answers import PlacedWorkoutOut, PlanWeekOut
from api.core.access import Reader
from api.workouts.answers import listed_out
from cms.programmes.selectors import Place
from fitness.training.selectors import ListedWorkout


def plan_out(
    places: Sequence[Place],
    workouts: Mapping[uuid.UUID, ListedWorkout],
    *,
    reader: Reader,
    percents: Mapping[int, int],
) -> list[PlanWeekOut]:
    """The weeks with those of the workouts that can be seen, each with its own gate."""
    shown = [(place, workouts[place.workout]) for place in places if place.workout in workouts]
    return [
        PlanWeekOut(
            number=number,
            sessions=[
                PlacedWorkoutOut(
                    day=place.day,
                    percent=percents.get(item.id),
                    workout=listed_out(item, access=reader.access_to(item)),
                )
                for place, item in of_week
            ],
        )
        for number, of_week in groupby(shown, key=lambda pair: pair[0].week)
    ]
