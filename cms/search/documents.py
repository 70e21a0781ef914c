"""What search is told of a thing: its title, its summary, its facts, and a story that is open."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.core.access import open_blocks
from cms.core.covers import drawn_of
from cms.core.formats import whole_minutes
from cms.core.models import BasePage
from cms.programmes.models import ProgrammePage
from cms.search.folding import indexed
from cms.search.models import Kind
from cms.trainers.models import TrainerPage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import WorkoutPage
from fitness.training.models import Difficulty, Equipment, Exercise, Muscle, Workout

type Told = dict[str, Any]

# A story is found by what stands near its beginning, however long it is.
_LONGEST_TEXT = 20_000
_ALSO_CALLED = {
    Kind.WORKOUT: "workout training",
    Kind.EXERCISE: "exercise",
    Kind.ARTICLE: "article",
    Kind.TUTORIAL: "tutorial how to",
    Kind.PROGRAMME: "programme program plan",
    Kind.TRAINER: "coach trainer",
}


def told_of_page(page: BasePage) -> Told | None:
    """What search may know of a page now; ``None`` for one that visitors are not to find.

    An alias or a translation is the page that it follows and is found as that one.
    """
    kind = type(page)
    if kind not in _TELLERS or not page.live or not page.is_original or page.noindex:
        return None
    parts = page.get_url_parts()
    told = _TELLERS[kind](page) if parts else None
    if told is None:
        return None
    facts = told.pop("facts")
    return _common(page, parts[2]) | told | _words(page, kind=told["kind"], facts=facts)


def told_of_exercise(exercise: Exercise) -> Told:
    """What search may know of an exercise: all of it is open."""
    facts = [_ALSO_CALLED[Kind.EXERCISE], *_labels(exercise)]
    return {
        "kind": Kind.EXERCISE,
        "uid": exercise.uid,
        "title": exercise.name,
        "introduction": exercise.summary,
        "text": exercise.instructions,
        "difficulty": exercise.difficulty,
        "equipment": exercise.equipment,
        "muscles": exercise.muscles,
        "published_at": exercise.created_at,
        "updated_at": exercise.updated_at,
        "title_words": indexed(exercise.name),
        "summary_words": indexed(exercise.summary),
        "fact_words": indexed(" ".join(facts)),
        "text_words": indexed(exercise.instructions),
    }


def _common(page: Any, path: str) -> Told:
    return {
        "uid": page.translation_key,
        "title": page.title,
        "path": path,
        "introduction": page.introduction,
        "teaser": getattr(page, "teaser", ""),
        "text": _open_text(page),
        "access": page.access,
        "language": page.locale.language_code,
        "published_at": page.first_published_at or timezone.now(),
        "updated_at": page.last_published_at or timezone.now(),
    }


def _words(page: Any, *, kind: Kind, facts: Sequence[str]) -> Told:
    category = page.category.name if getattr(page, "category", None) else ""
    summary = f"{page.introduction} {getattr(page, 'teaser', '')}"
    return {
        "title_words": indexed(page.title),
        "summary_words": indexed(summary),
        "fact_words": indexed(" ".join([_ALSO_CALLED[kind], category, *facts])),
        "text_words": indexed(_open_text(page)),
    }


def _open_text(page: Any) -> str:
    """The words of the story, if the gate gives it to a visitor."""
    spoken = (
        text
        for block in open_blocks(page)
        for text in block.block.get_searchable_content(block.value)
    )
    return " ".join(spoken)[:_LONGEST_TEXT]


def _workout(page: WorkoutPage) -> Told | None:
    """A workout as the catalogue has it, found by its exercises and its coach as well."""
    row = Workout.objects.published().filter(uid=page.translation_key).first()
    if row is None:
        return None
    names = page.exercises.values_list("exercise__name", flat=True)
    minutes = whole_minutes(row.duration_seconds)
    return {
        "kind": Kind.WORKOUT,
        "cover": row.cover,
        "cover_alt": row.cover_alt,
        "category_id": row.category_id,
        "difficulty": row.difficulty,
        "equipment": row.equipment,
        "muscles": row.muscles,
        "duration_seconds": row.duration_seconds,
        "trainer": row.trainer_uid,
        "trainer_name": row.trainer_name,
        "trainer_role": row.trainer_role,
        "updated_at": row.updated_at,
        "facts": [
            *_labels(row),
            *names,
            row.trainer_name,
            f"{minutes} min {minutes} minutes" if minutes else "",
        ],
    }


def _article(page: ArticlePage) -> Told:
    seconds = page.reading_minutes * 60
    return {
        **_told(Kind.ARTICLE, page, page.category_id),
        "duration_seconds": seconds,
        "facts": [],
    }


def _tutorial(page: TutorialPage) -> Told:
    difficulty = Difficulty(page.difficulty)
    return {
        **_told(Kind.TUTORIAL, page, page.category_id),
        "difficulty": difficulty,
        "facts": [difficulty.label],
    }


def _programme(page: ProgrammePage) -> Told:
    weeks = f"{page.weeks} week{'' if page.weeks == 1 else 's'}"
    difficulty = Difficulty(page.difficulty)
    return {
        **_told(Kind.PROGRAMME, page, page.category_id),
        "difficulty": difficulty,
        "note": weeks,
        "facts": [difficulty.label, weeks],
    }


def _trainer(page: TrainerPage) -> Told:
    return {**_told(Kind.TRAINER, page, None), "note": page.role, "facts": [page.role]}


def _told(kind: Kind, page: Any, category_id: int | None) -> Told:
    image = page.cover_image
    return {
        "kind": kind,
        "category_id": category_id,
        "cover": drawn_of(image),
        "cover_alt": image.description if image else "",
    }


def _labels(thing: Workout | Exercise) -> Sequence[str]:
    """What it takes and what it trains, in words."""
    parts: Iterable[str] = (
        Difficulty(thing.difficulty).label,
        *(Equipment(value).label for value in thing.equipment),
        *(Muscle(value).label for value in thing.muscles),
    )
    return list(parts)


_TELLERS: dict[type[Page], Callable[[Any], Told | None]] = {
    WorkoutPage: _workout,
    ArticlePage: _article,
    TutorialPage: _tutorial,
    ProgrammePage: _programme,
    TrainerPage: _trainer,
}
FOUND_PAGES = tuple(_TELLERS)
