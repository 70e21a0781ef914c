"""Headings that lead through a page, for people who go by them alone."""

from collections.abc import Iterator

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, error

# What blocks other than headings begin with.
_LEVELS = {"step": 3, "exercise": 3}
_NAMES = {"step": "the step", "exercise": "the exercise", "heading": "a part of a part"}


def order(draft: Draft) -> Iterator[Finding]:
    """One title, and below it no level is skipped."""
    above = draft.page.body_stands_below
    for block, kind, level in _headings(draft):
        if level == 1:
            yield error("The page's title is its one first heading: choose a lower one here.",
                        "body", block)  # fmt: skip
            continue
        if level > above + 1:
            name = _NAMES.get(kind, "a lower heading")
            yield error(f"Put a heading (a part) before {name}: a level is skipped.", "body", block)
        above = level


def _headings(draft: Draft) -> Iterator[tuple[str, str, int]]:
    for child in getattr(draft.page, "body", None) or ():
        block, kind, value = str(child.id or ""), child.block_type, child.value
        if kind == "heading":
            yield block, kind, 3 if value["level"] == "h3" else 2
        elif kind == "faq" and value["heading"]:
            yield block, kind, 2
        elif kind in _LEVELS and value:
            yield block, kind, _LEVELS[kind]
        for at, read in draft.prose:
            if at == block:
                yield from ((block, "text", level) for level in read.levels)
