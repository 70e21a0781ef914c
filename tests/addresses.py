"""Every address of the project, as the URL map writes it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

type Way = list[Any]


def ways(resolver: URLResolver | None = None, above: Way | None = None) -> Iterator[Way]:
    """The way to each view: the resolvers from the outermost in, and the pattern at the end."""
    for found in (resolver or get_resolver()).url_patterns:
        way = [*(above or []), found]
        if isinstance(found, URLResolver):
            yield from ways(found, way)
        else:
            yield way
