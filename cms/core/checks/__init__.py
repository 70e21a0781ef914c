"""What is looked at before a page is published. There is this one list, for whoever publishes."""

from collections.abc import Callable, Iterator
from typing import Any

from cms.core.checks import films, headings, links, outside, pictures, words
from cms.core.checks.drafts import Draft
from cms.core.checks.findings import ERROR, Finding

__all__ = ["ERROR", "Finding", "findings_in"]

CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    words.teaser,
    pictures.words_for_pictures,
    films.captions,
    headings.order,
    links.broken,
    links.without_words,
    outside.broken,
    words.description,
    pictures.something_to_share,
    words.category,
    words.trainer,
)


def findings_in(page: Any) -> list[Finding]:
    """What an editor should look at in a page as it stands, errors first: at most four queries."""
    draft = Draft(page)
    found = [finding for check in CHECKS for finding in check(draft)]
    return sorted(found, key=lambda finding: finding.severity != ERROR)
