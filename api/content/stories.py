"""What lists and details of articles, tutorials and programmes have in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.content.answers import story_fields
from api.core.access import Reader
from api.core.answers import shared_answer
from api.core.pagination import Cursor
from cms.core.gated import GatedPage
from cms.core.listing import ListedQuerySet
from cms.core.selectors import withdrawn_since
from cms.media.addresses import fresh
from commerce.entitlements.selectors import body_for
from fitness.core.errors import MissingError
from fitness.training.models import Access, Difficulty

_ORDERS = {
    "newest": ("-first_published_at", "-id"),
    "oldest": ("first_published_at", "id"),
    "title": ("title", "id"),
    "updated": ("last_published_at", "id"),
}
_LOOKUPS = {
    "category": "category__slug",
    "access": "access",
    "difficulty": "difficulty",
    "updated_since": "last_published_at__gte",
}


class StoryFilters(serializers.Serializer[Any]):
    """The query of a list; all filters hold at once."""

    category = serializers.SlugField(required=False, help_text="The slug of a category.")
    access = serializers.ChoiceField(Access.choices, required=False)
    updated_since = serializers.DateTimeField(
        required=False,
        help_text=(
            "What was published or published anew since then. The first page also names in "
            "`removed` what left the list; ask with a minute's overlap."
        ),
    )
    ordering = serializers.ChoiceField(list(_ORDERS), default="newest")


class TrainingFilters(StoryFilters):
    """The query of a list of something that is done."""

    difficulty = serializers.ChoiceField(Difficulty.choices, required=False)


class ProgrammeFilters(TrainingFilters):
    """The query of a list of programmes."""

    trainer = serializers.UUIDField(
        required=False, help_text="Those with a workout of this trainer."
    )


def story_list(
    request: Request,
    pages: ListedQuerySet,
    *,
    chosen: dict[str, Any],
    out: Callable[..., Any],
) -> HttpResponseBase:
    """A page of a list; ``out`` makes an item of a page and the fields that all kinds have.

    At most three queries, whatever the length of the list, and one for what was removed.
    """
    wanted = {_LOOKUPS[name]: value for name, value in chosen.items() if name in _LOOKUPS}
    cursor = Cursor(request, *_ORDERS[chosen["ordering"]])
    rows = cursor.rows(pages.select_related("category").filter(**wanted))
    reader = Reader.of(request, rows)
    items = [out(row, **story_fields(row, access=reader.access_to(row))) for row in rows]
    since = chosen.get("updated_since")
    removed = withdrawn_since(pages.model, since) if since and cursor.is_first else []
    return shared_answer(request, cursor.as_synced(items, removed))


def story_named(pages: ListedQuerySet, uid: UUID) -> Any:
    """The live page of this name with its body. Raises ``MissingError``."""
    page = pages.defer(None).select_related("category").filter(translation_key=uid).first()
    if page is None:
        raise MissingError("There is no such thing.")
    return page


def detail_fields(page: GatedPage, reader: Reader) -> dict[str, Any]:
    """The fields of one thing in full: its teaser, and its body by right."""
    body = page.body.stream_block.get_api_representation(body_for(page, reader.decide(page)))
    return {
        **story_fields(page, access=reader.access_to(page)),
        "teaser": page.teaser,
        "body": fresh(body, now=timezone.now()),
    }
