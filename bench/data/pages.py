"""The site: a page for each workout of the catalogue, and what there is to read and to follow."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from wagtail.models import Page, Site

from bench.data.chance import at, drawn_uuid
from bench.data.library import STORY, cover_drawn
from bench.data.tree import add_below
from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.core.index import IndexPage
from cms.core.models import CoverImage
from cms.home.models import HomePage
from cms.programmes.models import ProgrammeIndexPage, ProgrammePage, ProgrammeSession
from cms.trainers.models import TrainerIndexPage, TrainerPage
from cms.tutorials.models import TutorialIndexPage, TutorialPage
from cms.workouts.models import PageExercise, PageVideo, WorkoutIndexPage, WorkoutPage
from fitness.training.models import Access, Category, Workout, WorkoutExercise, WorkoutVideo

_INDEXES: list[tuple[type[IndexPage], str]] = [
    (WorkoutIndexPage, "Workouts"),
    (ArticleIndexPage, "Articles"),
    (TutorialIndexPage, "Tutorials"),
    (ProgrammeIndexPage, "Programmes"),
    (TrainerIndexPage, "Trainers"),
]
_TRAINERS, _COVERS, _SESSIONS = 6, 24, 12
_TIERS = [Access.FREE] * 5 + [Access.MEMBER] * 2 + [Access.PREMIUM] * 3


def add_pages(*, workouts: Sequence[Workout], today: dt.date, chance: random.Random) -> None:
    """As many articles, tutorials and programmes as workouts."""
    home = HomePage(title="FitCore", slug="fitcore", hero_title="Train today.")
    Page.objects.get(depth=1).add_child(instance=home)
    below = {
        kind: home.add_child(instance=kind(title=title, slug=title.lower()))
        for kind, title in _INDEXES
    }
    Site.objects.update(root_page=home)
    covers = _add_covers()
    trainers = add_below(below[TrainerIndexPage], [_trainer(n, covers) for n in range(_TRAINERS)])
    made = add_below(
        below[WorkoutIndexPage],
        [_workout(workout, number, trainers, covers) for number, workout in enumerate(workouts)],
    )
    _place(made, workouts)
    shelves = list(Category.objects.order_by("position"))

    def values(number: int, kind: str) -> dict[str, Any]:
        return {
            "title": f"{kind.capitalize()} {number} for every day",
            "slug": f"{kind}-{number}",
            "translation_key": drawn_uuid(chance),
            "introduction": "What it is about, for whom it is, and what comes of it.",
            "teaser": "What waits inside, in a few words.",
            "access": _TIERS[number % len(_TIERS)],
            "category": shelves[number % len(shelves)],
            "cover_image": covers[number % len(covers)],
            "body": STORY,
            **_published(at(today, -number * 60)),
        }

    numbers = range(len(workouts))
    add_below(
        below[ArticleIndexPage],
        [ArticlePage(**values(n, "article"), reading_minutes=2) for n in numbers],
    )
    add_below(below[TutorialIndexPage], [TutorialPage(**values(n, "tutorial")) for n in numbers])
    programmes = add_below(
        below[ProgrammeIndexPage], [ProgrammePage(**values(n, "programme")) for n in numbers]
    )
    ProgrammeSession.objects.bulk_create(
        [
            ProgrammeSession(page=page, workout=workout, week=1 + n // 3, day=1 + n % 3)
            for page in programmes
            for n, workout in enumerate(chance.sample(made, _SESSIONS))
        ],
        batch_size=2000,
    )


def _published(moment: dt.datetime | None) -> dict[str, Any]:
    return {"first_published_at": moment, "last_published_at": moment}


def _add_covers() -> list[CoverImage]:
    covers: list[CoverImage] = CoverImage.objects.bulk_create(
        CoverImage(
            title=f"Cover {number}",
            description="Somebody who trains in a bright room",
            file=f"original_images/cover-{number}.jpg",
            width=1600,
            height=900,
            drawn=cover_drawn(number),
        )
        for number in range(_COVERS)
    )
    return covers


def _trainer(number: int, covers: Sequence[CoverImage]) -> TrainerPage:
    return TrainerPage(
        title=f"Trainer {number}",
        slug=f"trainer-{number}",
        role="Strength coach",
        introduction="Who it is, and how they train.",
        cover_image=covers[number],
        body=STORY,
    )


def _workout(
    workout: Workout,
    number: int,
    trainers: Sequence[TrainerPage],
    covers: Sequence[CoverImage],
) -> WorkoutPage:
    """The page that the row of the catalogue was published from."""
    return WorkoutPage(
        title=workout.title,
        slug=workout.slug,
        translation_key=workout.uid,
        introduction=workout.introduction,
        teaser=workout.teaser,
        access=workout.access,
        category=workout.category,
        difficulty=workout.difficulty,
        equipment=workout.equipment,
        is_featured=workout.is_featured,
        trainer=trainers[number % len(trainers)],
        cover_image=covers[number % len(covers)],
        body=STORY,
        **_published(workout.published_at),
    )


def _place(pages: Sequence[WorkoutPage], workouts: Sequence[Workout]) -> None:
    """The videos and exercises of each page are those of its workout."""
    page_of = {workout.pk: page for workout, page in zip(workouts, pages, strict=True)}
    PageVideo.objects.bulk_create(
        [
            PageVideo(
                page=page_of[place.workout_id],
                video_id=place.video_id,
                is_free=place.is_free,
                sort_order=place.position,
            )
            for place in WorkoutVideo.objects.order_by("pk")
        ],
        batch_size=2000,
    )
    PageExercise.objects.bulk_create(
        [
            PageExercise(
                page=page_of[place.workout_id],
                exercise_id=place.exercise_id,
                sets=place.sets,
                reps=place.reps,
                sort_order=place.position,
            )
            for place in WorkoutExercise.objects.order_by("pk")
        ],
        batch_size=2000,
    )
