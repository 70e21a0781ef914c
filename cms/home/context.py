"""What the home page puts in its window."""

from typing import Any

from cms.articles.cards import article_card
from cms.articles.models import ArticlePage
from cms.categories.models import CategoryPage
from cms.programmes.context import programme_card
from cms.programmes.models import ProgrammePage
from cms.workouts.cards import cards_of, category_card, shelf
from cms.workouts.models import WorkoutIndexPage
from commerce.catalog.selectors import plans
from fitness.training.models import Category

_FEATURED = 7
_ARTICLES = 4
_PROGRAMMES = 3


def home_context(*, user_id: int | None) -> dict[str, Any]:
    """Featured workouts, shelves, new articles and plans: as many queries for 1 as for 1,000."""
    featured = shelf().filter(is_featured=True)
    library = WorkoutIndexPage.objects.live().first()
    library_url = library.url if library else ""
    shelf_urls = {page.category_id: page.url for page in CategoryPage.objects.live()}
    shelves = Category.objects.filter(workout_count__gt=0).order_by("position", "name")
    return {
        "featured": cards_of(list(featured[:_FEATURED]), user_id=user_id),
        "categories": [
            category_card(shelf, library_url=library_url, url=shelf_urls.get(shelf.pk))
            for shelf in shelves
        ],
        "programmes": [
            programme_card(page) for page in ProgrammePage.objects.newest()[:_PROGRAMMES]
        ],
        "articles": [article_card(page) for page in ArticlePage.objects.newest()[:_ARTICLES]],
        "plans": plans(),
        "library_url": library_url,
    }
