"""What is asked of the catalogue and of members' sessions."""

from fitness.training.selectors.history import (
    BegunWorkout,
    DoneDay,
    begun_workouts,
    counted_days_of,
    days_of,
)
from fitness.training.selectors.library import (
    ListedWorkout,
    NoSuchVideoError,
    NoSuchWorkoutError,
    Prescription,
    Watched,
    exercises,
    place_of,
    places_of,
    prescriptions_of,
    progress_in,
    video_count_of,
    workout_for,
    workouts_for,
)
from fitness.training.selectors.sessions import (
    DoneSet,
    NoSuchSessionError,
    Session,
    as_session,
    session_of,
    sessions_of,
)

__all__ = [
    "BegunWorkout",
    "DoneDay",
    "DoneSet",
    "ListedWorkout",
    "NoSuchSessionError",
    "NoSuchVideoError",
    "NoSuchWorkoutError",
    "Prescription",
    "Session",
    "Watched",
    "as_session",
    "begun_workouts",
    "counted_days_of",
    "days_of",
    "exercises",
    "place_of",
    "places_of",
    "prescriptions_of",
    "progress_in",
    "session_of",
    "sessions_of",
    "video_count_of",
    "workout_for",
    "workouts_for",
]
