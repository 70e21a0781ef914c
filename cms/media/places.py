"""On which pages something stands, and which of them somebody may open.

A document, or a video in a story, has no right of its own: whoever may open a page where it
stands may have it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from commerce.entitlements.selectors import Decision, body_for, decide, rights_of


@dataclass(frozen=True, slots=True)
class Place:
    """A live page on which the thing stands, and what was decided about it."""

    page: Any
    decision: Decision


def open_place_of(
    thing: Model, *, user_id: int | None, now: dt.datetime
) -> tuple[Place | None, Place | None]:
    """A page that shows the thing to the member; and else one that would, if it were open.

    At most three queries and one for each kind of page.
    """
    pages = list(_pages_with(thing))
    if not pages:
        return None, None
    rights = rights_of(user_id=user_id, now=now)
    places = [
        Place(page, decide(item=page, rights=rights, is_member=user_id is not None))
        for page in pages
    ]
    opened = (place for place in places if _shows(place, thing))
    locked = (place for place in places if not place.decision.granted)
    return next(opened, None), next(locked, None)


def _pages_with(thing: Model) -> Iterator[Any]:
    """The live pages that Wagtail's index knows to refer to it; it may lag by a task."""
    references = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pks = {int(pk) for pk in references.values_list("object_id", flat=True)}
    for page in Page.objects.live().filter(pk__in=pks).order_by("pk").specific():
        if hasattr(page, "gated_body"):
            yield page


def _shows(place: Place, thing: Model) -> bool:
    """Whether the page, as it is now, shows the thing: above its story or in it."""
    if not place.decision.granted:
        return False
    if getattr(place.page, "video", None) == thing:
        return True
    return any(
        _is(thing, model, pk)
        for block in body_for(place.page, place.decision)
        for model, pk, *_ in block.block.extract_references(block.value)
    )


def _is(thing: Model, model: type[Model], pk: object) -> bool:
    return isinstance(thing, model) and str(thing.pk) == str(pk)
