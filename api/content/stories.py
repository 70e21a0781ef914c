"""What lists and details of articles, tutorials and programmes have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.content.answers import story_fields
from api.core.access import AccessOut, access_of
from api.core.answers import shared_answer
from api.core.pagination import Cursor
from api.core.requests import member_id
from cms.core.gated import GatedPage
from cms.core.listing import ListedQuerySet
from cms.core.selectors import withdrawn_since
from cms.media.addresses import fresh
from commerce.entitlements.selectors import Decision, Item, body_for, decide, rights_of
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and what they hold."""

    user_id: int | None
    rights: frozenset[str]

    @classmethod
    def of(cls, request: Request) -> Self:
        """One query for a member, none for a visitor."""
        user_id = member_id(request)
        return cls(user_id, rights_of(user_id=user_id, now=timezone.now()))

    def decide(self, item: Item) -> Decision:
        """Whether they may open it: no query."""
        return decide(item=item, rights=self.rights, is_member=self.user_id is not None)

    def access_to(self, items: Iterable[Item]) -> Mapping[str, AccessOut]:
        """Their access to each item by its key: one query if any is locked, else none."""
        return access_of((item, self.decide(item)) for item in items)


def story_list(
    request: Request,
    pages: ListedQuerySet,
    *,
    chosen: dict[str, Any],
    out: Callable[..., Any],
) -> HttpResponseBase:
    """A page of a list; ``out`` makes an item of a page and the fields that all kinds have.

    At most six queries, whatever the length of the list, and one for what was removed.
    """
    wanted = {_LOOKUPS[name]: value for name, value in chosen.items() if name in _LOOKUPS}
    cursor = Cursor(request, *_ORDERS[chosen["ordering"]])
    rows = cursor.rows(pages.select_related("category").filter(**wanted))
    access = Reader.of(request).access_to(rows)
    items = [out(row, **story_fields(row, access=access[row.entitlement_key])) for row in rows]
    since = chosen.get("updated_since")
    removed = withdrawn_since(pages.model, since) if since and cursor.is_first else []
    return shared_answer(request, cursor.as_synced(items, removed))


def story_named(pages: ListedQuerySet, uid: UUID) -> Any:
    """The live page of this name with its body. Raises ``MissingError``."""
    page = pages.defer(None).select_related("category").filter(translation_key=uid).first()
    if page is None:
        raise MissingError("There is no such thing.")
    return page


def detail_fields(page: GatedPage, decision: Decision, access: AccessOut) -> dict[str, Any]:
    """The fields of one thing in full: its teaser, and its body by right."""
    body = page.body.stream_block.get_api_representation(body_for(page, decision))
    return {
        **story_fields(page, access=access),
        "teaser": page.teaser,
        "body": fresh(body, now=timezone.now()),
    }
