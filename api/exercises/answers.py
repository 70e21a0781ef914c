"""What the API says of the exercise library."""

import uuid

import msgspec

from fitness.training.models import Exercise


class ExerciseOut(msgspec.Struct, frozen=True):
    """One movement and how it is done."""

    id: uuid.UUID
    slug: str
    name: str
    summary: str
    steps: list[str]
    difficulty: str
    equipment: list[str]
    muscles: list[str]
    measure: str


def exercise_out(exercise: Exercise) -> ExerciseOut:
    return ExerciseOut(
        id=exercise.uid,
        slug=exercise.slug,
        name=exercise.name,
        summary=exercise.summary,
        steps=exercise.steps,
        difficulty=exercise.difficulty,
        equipment=exercise.equipment,
        muscles=exercise.muscles,
        measure=exercise.measure,
    )
