"""The catalogue of what can be trained, and what members did with it.

Editorial workouts are written by publishing a page (``services.publish_workout``) and have no
owner; a member's own workout has one. Progress, logs, search and boards know this one table.
"""

from fitness.training.models.catalogue import (
    Category,
    Exercise,
    Video,
    Workout,
    WorkoutExercise,
    WorkoutQuerySet,
    WorkoutVideo,
    private_storage,
    workout_key,
)
from fitness.training.models.history import (
    LoggedSet,
    WorkoutLog,
    WorkoutLogQuerySet,
    WorkoutProgress,
)
from fitness.training.models.vocabulary import (
    Access,
    Difficulty,
    Equipment,
    Measure,
    Muscle,
    Trust,
)

__all__ = [
    "Access",
    "Category",
    "Difficulty",
    "Equipment",
    "Exercise",
    "LoggedSet",
    "Measure",
    "Muscle",
    "Trust",
    "Video",
    "Workout",
    "WorkoutExercise",
    "WorkoutLog",
    "WorkoutLogQuerySet",
    "WorkoutProgress",
    "WorkoutQuerySet",
    "WorkoutVideo",
    "private_storage",
    "workout_key",
]
