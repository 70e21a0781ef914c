"""All pages with a tier in one list, whatever their kind, as far as somebody may see them."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.articles.models import ArticlePage
from cms.dashboard import lacking
from cms.programmes.models import ProgrammePage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import PageVideo, WorkoutPage
from fitness.accounts.models import User

# What a right to one of them alone is called, by kind.
KINDS: dict[type[Page], str] = {
    WorkoutPage: "workout",
    ProgrammePage: "programme",
    TutorialPage: "tutorial",
    ArticlePage: "article",
}
_NAMES = [model._meta.model_name for model in KINDS]  # noqa: SLF001
_SAMPLES = (
    PageVideo.objects.filter(page=OuterRef("pk"), is_free=True)
    .order_by()
    .values("page")
    .values(number=Count("pk"))
)


def _own(name: str) -> Coalesce:
    """A column that each kind has in a table of its own."""
    return Coalesce(*(F(f"{kind}__{name}") for kind in _NAMES))


def pages_for(user: User) -> QuerySet[Page]:
    """Every page somebody may see in the admin; trainers see their own."""
    seen = policy_registry.get_by_type(Page).explorable_instances(user)
    pages: QuerySet[Page] = Page.objects.filter(depth__gt=1, pk__in=seen.values("pk"))
    return pages


def gated_pages_for(user: User) -> QuerySet[Page]:
    """Those with a tier, with it, their teaser and how many samples: one query."""
    pages: Any = pages_for(user)
    gated: QuerySet[Page] = (
        pages.type(*KINDS)
        .annotate(access=_own("access"), teaser=_own("teaser"), samples=Subquery(_SAMPLES))
        .select_related("content_type")
    )
    return gated


def lacking_captions(user: User) -> QuerySet[Page]:
    """Pages with a film that nobody can read along with."""
    silent = Q(pk__in=[])
    for model, condition in lacking.CAPTIONS.items():
        silent |= Q(pk__in=model.objects.filter(condition).values("pk"))  # type: ignore[attr-defined]
    return pages_for(user).filter(silent)


def entitlement_key(page: Any) -> str:
    """The right that opens this page alone, without reading the page's own table."""
    model = page.content_type.model_class()
    return f"{KINDS[model]}:{page.translation_key}"
