"""What the home page puts in its window."""

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from cms.articles.cards import article_card
from cms.articles.models import ArticlePage
from cms.categories.models import CategoryPage
from cms.programmes.context import programme_card
from cms.programmes.models import ProgrammePage
from cms.workouts.cards import cards_of, category_card, shelf
from cms.workouts.models import WorkoutIndexPage
from commerce.catalog.selectors import plans
from fitness.training.models import Category

if TYPE_CHECKING:
    from cms.home.models import HomePage

_FEATURED = 7
_ARTICLES = 4
_PROGRAMMES = 3


def _address(home: "HomePage", path: str | None) -> str:
    """The address of a page below the home page, by its path in the tree."""
    return f"{home.url}{path.removeprefix(home.url_path)}" if path else ""


def home_context(home: "HomePage", *, user_id: int | None) -> dict[str, Any]:
    """Featured workouts, shelves, new articles and plans: as many queries for 1 as for 1,000."""
    featured = shelf(user_id=user_id).filter(is_featured=True)
    library = WorkoutIndexPage.objects.live().values("url_path")[:1]
    pages = CategoryPage.objects.live().filter(category=OuterRef("pk"))
    shelves = list(
        Category.objects.filter(workout_count__gt=0)
        .annotate(path=Subquery(pages.values("url_path")[:1]), library=Subquery(library))
        .order_by("position", "name")
    )
    library_url = _address(home, shelves[0].library) if shelves else ""
    return {
        "featured": cards_of(featured[:_FEATURED]),
        "categories": [
            category_card(shelf, library_url=library_url, url=_address(home, shelf.path))
            for shelf in shelves
        ],
        "programmes": [
            programme_card(page) for page in ProgrammePage.objects.newest()[:_PROGRAMMES]
        ],
        "articles": [article_card(page) for page in ArticlePage.objects.newest()[:_ARTICLES]],
        "plans": plans(),
    }
