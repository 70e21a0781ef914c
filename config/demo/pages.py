"""Workouts and articles as editors make them: a page, its cover, a revision, published."""

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Page

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.categories.models import CategoryPage
from cms.core.drawing import draw
from cms.core.models import CoverImage
from cms.home.models import LandingPage
from cms.programmes.models import ProgrammePage, ProgrammeSession
from cms.trainers.models import TrainerPage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import PageExercise, PageVideo, WorkoutIndexPage, WorkoutPage
from config.demo.content.reading import (
    ArticleText,
    CategoryText,
    Content,
    LandingText,
    ProgrammeText,
    TutorialText,
    WorkoutText,
)
from config.demo.content.story import blocks
from config.demo.names import dice, uid
from config.demo.progress import Progress, Say
from config.demo.studio import Studio
from fitness.training.models import Category, Exercise, Video

_DAYS_BETWEEN = 3
_MOTIFS = {
    "bars": "Columns that grow from left to right",
    "days": "A calendar of dots, most of them filled",
    "gear": "A rolled mat, a kettlebell and a dumbbell",
    "hills": "A sun above three ridges of hills",
    "lanes": "A dot in the bend of a running track",
    "orbits": "Dots that circle around a hub",
    "waves": "Seven waves, calm below and high above",
}


class Publisher:
    """Publishes what is missing below the index pages; what is there stays as it is."""

    def __init__(
        self, content: Content, *, studio: Studio, seed: int, now: dt.datetime, say: Say
    ) -> None:
        self._content, self._studio, self._seed, self._say = content, studio, seed, say
        self._now = now
        self._videos: Mapping[str, Video] = {}
        self._categories = {row.slug: row for row in Category.objects.all()}
        self._exercises = {row.slug: row for row in Exercise.objects.all()}

    def publish_workouts(self, index: WorkoutIndexPage, videos: Mapping[str, Video]) -> None:
        texts = list(self._content.workouts)
        # Mixed, or the free ones that open the file would all be the oldest.
        dice(seed=self._seed, name="order").shuffle(texts)
        missing = _missing(index, texts)
        progress = Progress(self._say, "workouts", len(missing), every=7)
        for position, text in missing:
            self._publish(index, self._workout(text, videos), text, position)
            progress.step()

    def publish_articles(self, index: ArticleIndexPage) -> None:
        missing = _missing(index, self._content.articles)
        progress = Progress(self._say, "articles", len(missing), every=4)
        for position, text in missing:
            self._publish(index, self._article(text), text, position)
            progress.step()

    def publish_more(self, parents: Mapping[str, Page], videos: Mapping[str, Video]) -> None:
        """Trainers, categories, tutorials, programmes and landing pages, in this order."""
        self._videos = videos
        made: list[tuple[Page, Sequence[Any], Callable[[Any], Any]]] = [
            (parents["tutorials"], self._content.tutorials, self._tutorial),
            (parents["programmes"], self._content.programmes, self._programme),
            (parents["workouts"], self._content.categories, self._category),
            (parents["home"], self._content.landings, self._landing),
        ]
        for index, texts, make in made:
            for position, text in _missing(index, texts):
                self._publish(index, make(text), text, position)
        self._say("tutorials, programmes, categories and landing pages published")

    def publish_trainers(self, index: Page) -> None:
        """Trainers come before the workouts that name them."""
        for position, text in _missing(index, self._content.trainers):
            page = TrainerPage(
                title=text.title,
                slug=text.slug,
                role=text.role,
                introduction=text.introduction,
                search_description=text.introduction,
                cover_image=_image(
                    self._studio.portrait(text),
                    title=text.title,
                    description=f"Drawing of {text.title} in the middle of an exercise",
                    slug=text.slug,
                ),
                body=self._story(text),
            )
            self._publish(index, page, text, position)

    @transaction.atomic
    def _publish(self, index: Page, page: Any, text: Any, position: int) -> None:
        """The last text is a day old, each before it is a few days older."""
        page.translation_key = uid(seed=self._seed, name=f"page:{text.slug}")
        page.live = False
        age = dt.timedelta(days=1 + _DAYS_BETWEEN * position)
        page.first_published_at = self._now - age
        index.add_child(instance=page)
        page.save_revision().publish()

    def _workout(self, text: WorkoutText, videos: Mapping[str, Video]) -> WorkoutPage:
        page = WorkoutPage(
            difficulty=text.difficulty,
            equipment=text.equipment,
            is_featured=text.featured,
            trainer=self._trainer_of(text.category),
            cover_image=_image(
                self._studio.workout_cover(text),
                title=text.title,
                description=f"Drawing of a person doing the {self._exercise_name(text.cover)}",
                slug=text.slug,
            ),
            **self._common(text),
        )
        page.videos = [
            PageVideo(video=videos[place.slug], is_free=place.is_free, sort_order=order)
            for order, place in enumerate(text.videos)
        ]
        page.exercises = [
            PageExercise(
                exercise=self._exercises[place.slug],
                sets=place.sets,
                reps=place.reps,
                seconds=place.seconds,
                rest_seconds=place.rest_seconds,
                sort_order=order,
            )
            for order, place in enumerate(text.exercises)
        ]
        return page

    def _article(self, text: ArticleText) -> ArticlePage:
        cover = _image(
            self._studio.article_cover(text),
            title=text.title,
            description=_MOTIFS[text.motif],
            slug=text.slug,
        )
        return ArticlePage(cover_image=cover, **self._common(text))

    def _tutorial(self, text: TutorialText) -> TutorialPage:
        return TutorialPage(
            difficulty=text.difficulty,
            video=self._videos[text.video] if text.video else None,
            cover_image=self._drawn(text),
            **self._common(text),
        )

    def _programme(self, text: ProgrammeText) -> ProgrammePage:
        page = ProgrammePage(
            weeks=text.weeks,
            difficulty=text.difficulty,
            cover_image=self._drawn(text),
            **self._common(text),
        )
        workouts = {found.slug: found for found in WorkoutPage.objects.live()}
        page.sessions = [
            ProgrammeSession(week=week, day=day, workout=workouts[slug], sort_order=order)
            for order, (week, day, slug) in enumerate(text.sessions)
        ]
        return page

    def _category(self, text: CategoryText) -> CategoryPage:
        return CategoryPage(
            title=text.name,
            slug=text.slug,
            category=self._categories[text.slug],
            introduction=text.introduction,
            search_description=text.introduction,
        )

    def _landing(self, text: LandingText) -> LandingPage:
        return LandingPage(
            title=text.title,
            slug=text.slug,
            introduction=text.introduction,
            search_description=text.introduction,
            cover_image=self._drawn(text),
            body=self._story(text),
        )

    def _drawn(self, text: TutorialText | ProgrammeText | LandingText) -> CoverImage:
        return _image(
            self._studio.article_cover(text),
            title=text.title,
            description=_MOTIFS[text.motif],
            slug=text.slug,
        )

    def _trainer_of(self, category: str) -> TrainerPage | None:
        slugs = [text.slug for text in self._content.trainers if category in text.trains]
        found: TrainerPage | None = TrainerPage.objects.live().filter(slug__in=slugs).first()
        return found

    def _common(self, text: WorkoutText | ArticleText | ProgrammeText) -> dict[str, Any]:
        return {
            "title": text.title,
            "slug": text.slug,
            "introduction": text.introduction,
            "access": text.access,
            "teaser": text.teaser,
            "category": self._categories[text.category],
            "body": self._story(text),
            "search_description": text.introduction,
        }

    def _story(self, text: Any) -> str:
        made = []
        for index, (kind, value) in enumerate(blocks(text.body)):
            shown = self._named(kind, value)
            block_id = uid(seed=self._seed, name=f"block:{text.slug}:{index}")
            made.append({"type": kind, "value": shown, "id": str(block_id)})
        return json.dumps(made)

    def _named(self, kind: str, value: Any) -> Any:
        """A block's value with the things that its text names."""
        match kind:
            case "exercise":
                return self._exercises[value].pk
            case "video":
                return self._videos[value].pk
            case "call_to_action":
                page = Page.objects.live().get(url_path__endswith=value["page"])
                return value | {"page": page.pk}
        return value

    def _exercise_name(self, slug: str) -> str:
        return self._exercises[slug].name.lower()


def _missing[Text](index: Page, texts: Sequence[Text]) -> list[tuple[int, Text]]:
    """Each text without a page, the oldest first, with how many are newer than it."""
    known = set(index.get_children().values_list("slug", flat=True))
    newer = range(len(texts) - 1, -1, -1)
    pairs = zip(newer, texts, strict=True)
    return [(position, text) for position, text in pairs if getattr(text, "slug", "") not in known]


def _image(jpeg: bytes, *, title: str, description: str, slug: str) -> CoverImage:
    file = ImageFile(io.BytesIO(jpeg), name=f"{slug}.jpg")
    image = CoverImage(title=title, description=description, file=file)
    image.save()
    draw(image)  # now, so that the first page of the demo has its covers
    return image
