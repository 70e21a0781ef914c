"""Pictures, for people who do not see them and for places where the page is shared."""

from collections.abc import Iterator
from typing import Any

from wagtail.images import get_image_model

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, error, warning

_FIELDS = ("cover_image", "social_image")


def words_for_pictures(draft: Draft) -> Iterator[Finding]:
    """Every picture says what it shows, or that it only decorates."""
    for field in _FIELDS:
        picture = getattr(draft.page, field, None)
        if picture is not None and not picture.description.strip():
            yield error(
                f"The picture “{picture.title}” has no alternative text: open it among the images"
                " and say what it shows.",
                field,
            )
    for piece in draft.pieces:
        if isinstance(piece.value, get_image_model()) and _is_wordless(piece.value):
            yield error(
                f"Say what the picture “{piece.value.title}” shows (alternative text), or mark it"
                " as decorative.",
                "body",
                piece.block,
            )


def something_to_share(draft: Draft) -> Iterator[Finding]:
    """Where the page is shared, a picture stands beside its title."""
    page = draft.page
    if page.social_image_id is None and getattr(page, "cover_image_id", None) is None:
        yield warning("Choose a picture: the page is shared without one.", "social_image")


def _is_wordless(picture: Any) -> bool:
    is_decorative = getattr(picture, "decorative", False)
    return not is_decorative and not (getattr(picture, "contextual_alt_text", "") or "").strip()
