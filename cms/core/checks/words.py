"""Words that a page is found and understood by."""

from collections.abc import Iterator

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, error, warning
from fitness.training.models import Access

TEASER_MISSING = "Say what readers without the right will get: the text itself is kept from them."


def teaser(draft: Draft) -> Iterator[Finding]:
    """A locked page says something to those before it."""
    page = draft.page
    if hasattr(page, "teaser") and page.access != Access.FREE and not page.teaser.strip():
        yield error(TEASER_MISSING, "teaser")


def description(draft: Draft) -> Iterator[Finding]:
    """Search engines have a description of the page's own to show."""
    if not draft.page.search_description.strip() and not draft.page.noindex:
        yield warning(
            "Write a description for search engines: they show the introduction instead, or what"
            " they like.",
            "search_description",
        )


def category(draft: Draft) -> Iterator[Finding]:
    if hasattr(draft.page, "category_id") and draft.page.category_id is None:
        yield warning("Choose a category: no workouts are offered beside it.", "category")


def trainer(draft: Draft) -> Iterator[Finding]:
    if hasattr(draft.page, "trainer_id") and draft.page.trainer_id is None:
        yield warning("Say who made it: no trainer's page lists it.", "trainer")
