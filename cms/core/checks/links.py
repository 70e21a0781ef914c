"""Links on the site that lead somewhere, and links that say where."""

from collections.abc import Iterator

from django.urls import Resolver404, resolve

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, error
from cms.core.checks.rich import Link


def broken(draft: Draft) -> Iterator[Finding]:
    """What is linked on this site can be opened by visitors."""
    for block, link in draft.links:
        trouble = _trouble(draft, link)
        if trouble:
            words = link.words.strip() or "without words"
            yield error(f"The link “{words}” {trouble}", "body", block)
    for block, action in draft.actions:
        page = action.get("page")
        if page is None and not action.get("url"):
            yield error("The button leads nowhere: its page is gone.", "body", block)
        elif page is not None and not draft.live_pages.get(page.pk, ("", False))[1]:
            message = f"The button leads to “{page.title}”, which is not published."
            yield error(message, "body", block)


def without_words(draft: Draft) -> Iterator[Finding]:
    """Whoever hears a link read out knows where it leads."""
    for block, link in draft.links:
        if not link.words.strip():
            yield error("A link has no words: say where it leads.", "body", block)


def _trouble(draft: Draft, link: Link) -> str:
    if link.is_page:
        title, is_live = draft.live_pages.get(link.page or 0, ("", False))
        if not title:
            return "leads to a page that is gone."
        return "" if is_live else f"leads to “{title}”, which is not published."
    if link.path and not _is_a_view(link.path):
        is_known = link.path.rstrip("/") in draft.live_paths
        return "" if is_known else f"leads to {link.path}, where nothing is."
    return ""


def _is_a_view(path: str) -> bool:
    """Whether an address on the site is no page of Wagtail's: plans, sign-in and their like."""
    if path == "/":
        return True
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
