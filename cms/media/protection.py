"""What is in use cannot be deleted, and whoever tries is told where it is used."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_NAMED = 3


def refuse_what_is_in_use(request: HttpRequest, objects: Iterable[Any]) -> HttpResponse | None:
    """Send the editor back with the reason, or let the deletion go on."""
    for item in objects:
        places = places_of(item)
        if places:
            messages.error(request, _explained(item, places))
            return redirect(item.snippet_viewset.get_url_name("list"))
    return None


def places_of(item: Model) -> list[str]:
    """Where the database would miss the item, in words."""
    collector = Collector(using="default", origin=item)
    try:
        collector.collect([item])
    except ProtectedError as error:
        return sorted({_place(user) for user in error.protected_objects})
    except RestrictedError as error:
        return sorted({_place(user) for user in error.restricted_objects})
    return []


def _place(user: Any) -> str:
    """A workout is named; what members logged is theirs and is not."""
    for holder in (getattr(user, "page", None), getattr(user, "workout", None), user):
        title = getattr(holder, "title", "")
        if title:
            return f"“{title}”"
    return "the history of members"


def _explained(item: Model, places: list[str]) -> str:
    named = ", ".join(places[:_NAMED])
    others = len(places) - _NAMED
    more = f" and {others} more" if others > 0 else ""
    return f"“{item}” is still used by {named}{more}. Take it out there first."
