"""The site's root, its home page and the two pages that lists hang on."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.articles.models import ArticleIndexPage
from cms.home.models import HomePage
from cms.programmes.models import ProgrammeIndexPage
from cms.trainers.models import TrainerIndexPage
from cms.tutorials.models import TutorialIndexPage
from cms.workouts.models import WorkoutIndexPage


def is_built() -> bool:
    """Whether somebody, we or an editor, gave the site a home page."""
    return bool(HomePage.objects.exists())


def build_site() -> tuple[WorkoutIndexPage, ArticleIndexPage]:
    """The pages that everything else hangs below; those that exist stay as they are."""
    home = HomePage.objects.first() or _home()
    library = WorkoutIndexPage.objects.first() or _published(
        home,
        WorkoutIndexPage(
            title="Workouts",
            slug="workouts",
            introduction="Films that you train along with, from five minutes to half an hour.",
        ),
    )
    magazine = ArticleIndexPage.objects.first() or _published(
        home,
        ArticleIndexPage(
            title="Articles",
            slug="articles",
            introduction="Short, useful pieces about training, rest and everything in between.",
        ),
    )
    return library, magazine


def build_shelves() -> dict[str, Page]:
    """The pages that programmes, tutorials, trainers and landing pages hang below."""
    home = HomePage.objects.get()
    return {
        "home": home,
        "workouts": WorkoutIndexPage.objects.get(),
        "programmes": ProgrammeIndexPage.objects.first()
        or _published(
            home,
            ProgrammeIndexPage(
                title="Programmes",
                slug="programmes",
                introduction="Weeks of workouts in an order that leads somewhere.",
            ),
        ),
        "tutorials": TutorialIndexPage.objects.first()
        or _published(
            home,
            TutorialIndexPage(
                title="Tutorials",
                slug="tutorials",
                introduction="One thing at a time, step by step, until it is yours.",
            ),
        ),
        "trainers": TrainerIndexPage.objects.first()
        or _published(
            home,
            TrainerIndexPage(
                title="Trainers",
                slug="trainers",
                introduction="The people behind the workouts, and what they believe in.",
            ),
        ),
    }


def _home() -> HomePage:
    root = Page.get_first_root_node()
    for page in root.get_children().filter(slug="home"):
        _remove_greeting(page)
    home = _published(
        root,
        HomePage(
            title="FitCore",
            slug="home",
            hero_title="Ten good minutes, most days.",
            hero_text=(
                "Workouts that you train along with, articles worth the time they take, and a"
                " streak that forgives a bad day."
            ),
        ),
    )
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": "FitCore",
            "root_page": home,
        },
    )
    return home


def _remove_greeting(page: Page) -> None:
    """Wagtail greets a new installation with a page of its own; nobody else's is touched."""
    if page.specific_class is Page:
        Site.objects.filter(root_page=page).update(root_page=page.get_parent())
        page.delete()


def _published[AnyPage: Page](parent: Page, page: AnyPage) -> AnyPage:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
