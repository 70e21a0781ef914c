"""Categories and exercises: what the library is sorted by and made of."""

from config.demo.content.reading import Content
from fitness.training.models import Category, Exercise


def fill_shelves(content: Content) -> None:
    """Make the categories and exercises that are missing; those an editor changed stay so."""
    for position, text in enumerate(content.categories, start=1):
        Category.objects.get_or_create(
            slug=text.slug, defaults={"name": text.name, "hue": text.hue, "position": position}
        )
    known = set(Exercise.objects.values_list("slug", flat=True))
    for exercise in content.exercises:
        if exercise.slug not in known:
            Exercise.objects.create(
                slug=exercise.slug,
                name=exercise.name,
                summary=exercise.summary,
                instructions="\n".join(exercise.steps),
                difficulty=exercise.difficulty,
                equipment=exercise.equipment,
                muscles=exercise.muscles,
                measure=exercise.measure,
            )
