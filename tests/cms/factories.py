"""Pages for tests, published as an editor would."""

import datetime as dt
import io
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.categories.models import CategoryPage
from cms.core.drawing import draw
from cms.core.models import CoverImage
from cms.home.models import HomePage, LandingPage
from cms.programmes.models import ProgrammeIndexPage, ProgrammePage, ProgrammeSession
from cms.trainers.models import TrainerIndexPage, TrainerPage
from cms.tutorials.models import TutorialIndexPage, TutorialPage
from cms.workouts.models import PageExercise, PageVideo, WorkoutIndexPage, WorkoutPage
from commerce.catalog.models import Offer, Product
from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories

_numbers = itertools.count(1)
CANARY = "canary-in-the-coal-mine"


def home() -> HomePage:
    """The site's home page with its two lists, made on first use."""
    found: HomePage | None = HomePage.objects.first()
    if found:
        return found
    made: HomePage = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="FitCore", slug="home", hero_title="Train today.")
    )
    made.add_child(instance=WorkoutIndexPage(title="Workouts", slug="workouts"))
    made.add_child(instance=ArticleIndexPage(title="Articles", slug="articles"))
    Site.objects.update(root_page=made)
    Site.clear_site_root_paths_cache()
    return made


def image(
    *, width: int = 320, alt: str = "A red kettlebell", name: str = "cover", is_cover: bool = True
) -> CoverImage:
    png = io.BytesIO()
    Image.new("RGB", (width, width * 9 // 16), "tomato").save(png, "PNG")
    file = ImageFile(png, name=f"{name}-{next(_numbers)}.png")
    made: CoverImage = CoverImage.objects.create(title="Kettlebell", description=alt, file=file)
    if is_cover:
        draw(made)
    return made


def draft_workout(
    *, videos: int = 0, samples: int = 0, chosen: Sequence[Video] = (), **fields: Any
) -> WorkoutPage:
    """A workout page that was saved and never published."""
    number = next(_numbers)
    values = {
        "title": f"Page {number}",
        "slug": f"page-{number}",
        "introduction": "What it is about.",
        "teaser": "What waits inside.",
        "category": fields.pop("category", None) or factories.category(),
        "equipment": ["mat"],
        "body": story(CANARY),
        "live": False,
    }
    page = WorkoutPage(**values | fields)
    for place, video in enumerate(chosen or [factories.video() for _ in range(videos)]):
        page.videos.add(PageVideo(video=video, is_free=place < samples))
    page.exercises.add(PageExercise(exercise=factories.exercise(), sets=3, reps=12))
    home()
    WorkoutIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def workout_page(**fields: Any) -> WorkoutPage:
    page = draft_workout(**fields)
    publish(page)
    live: WorkoutPage = WorkoutPage.objects.get(pk=page.pk)
    return live


def article_page(**fields: Any) -> ArticlePage:
    number = next(_numbers)
    values = {
        "title": f"Article {number}",
        "slug": f"article-{number}",
        "introduction": "Why it matters.",
        "teaser": "What you will learn.",
        "body": story(CANARY),
        "live": False,
    }
    page = ArticlePage(**values | fields)
    home()
    ArticleIndexPage.objects.get().add_child(instance=page)
    publish(page)
    live: ArticlePage = ArticlePage.objects.get(pk=page.pk)
    return live


def below_home(kind: type[Page], title: str) -> Page:
    """The page that pages of a kind hang below, made on first use."""
    found: Page | None = kind.objects.first()
    return found or home().add_child(instance=kind(title=title, slug=title.lower()))


def tutorial_page(**fields: Any) -> TutorialPage:
    return _published(TutorialPage, below_home(TutorialIndexPage, "Tutorials"), _gated(fields))


def trainer_page(**fields: Any) -> TrainerPage:
    values = {"role": "Coach", "introduction": "Who it is.", "body": story("What they do.")}
    return _published(TrainerPage, below_home(TrainerIndexPage, "Trainers"), values | fields)


def landing_page(**fields: Any) -> LandingPage:
    return _published(LandingPage, home(), {"body": story("What it is for.")} | fields)


def category_page(**fields: Any) -> CategoryPage:
    category = fields.pop("category", None) or factories.category()
    home()
    values = {"category": category, "introduction": "What stands here."}
    return _published(CategoryPage, WorkoutIndexPage.objects.get(), values | fields)


def programme_page(
    *, workouts: Sequence[WorkoutPage] = (), a_week: int = 3, **fields: Any
) -> ProgrammePage:
    sessions = [
        ProgrammeSession(workout=page, week=1 + place // a_week, day=1 + place % a_week)
        for place, page in enumerate(workouts)
    ]
    values = _gated(fields) | {"weeks": fields.get("weeks", 4), "sessions": sessions}
    return _published(ProgrammePage, below_home(ProgrammeIndexPage, "Programmes"), values)


def _gated(fields: dict[str, Any]) -> dict[str, Any]:
    words = {"introduction": "Why it matters.", "teaser": "What waits inside."}
    return {**words, "body": story(CANARY), **fields}


def _published[AnyPage: Page](kind: type[AnyPage], parent: Page, fields: dict[str, Any]) -> AnyPage:
    number = next(_numbers)
    named = {"title": f"{kind.__name__} {number}", "slug": f"{kind.__name__.lower()}-{number}"}
    page = kind(**named | fields, live=False)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    publish(page)
    live: AnyPage = kind.objects.get(pk=page.pk)
    return live


def publish(page: Any) -> None:
    """What the Publish button does."""
    page.save_revision().publish()


def story(text: str) -> list[dict[str, Any]]:
    return [{"type": "tip", "value": {"heading": "Breathe", "text": f"<p>{text}</p>"}}]


def clip(
    path: Path, *, seconds: int = 2, size: tuple[int, int] = (320, 180), codec: str = "mpeg4"
) -> Path:
    """A short film of a colour that changes, as real as any."""
    width, height = size
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * 10):
            picture = Image.new("RGB", size, (number * 7 % 256, 90, 160))
            frame: av.VideoFrame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def sound(path: Path) -> Path:
    """A second of silence in a file that is named and built like a video."""
    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.sample_rate = 44100
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for _ in range(43):
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def give(user: User, key: str, *, days: float = 30) -> None:
    """A right that holds for so many days from now; a negative number has it ended."""
    now = timezone.now()
    set_rights(
        user_id=user.pk,
        source="test",
        keys=[key],
        starts_at=now - dt.timedelta(days=60),
        ends_at=now + dt.timedelta(days=days),
        now=now,
    )


def monthly() -> Offer:
    """The monthly subscription, on sale."""
    product = Product.objects.create(
        slug="monthly", kind="subscription", title="Monthly", group="premium", opens=["premium"]
    )
    return Offer.objects.create(
        product=product, lookup_key="monthly", price_minor=999, currency="eur", interval="month"
    )
