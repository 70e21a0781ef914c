"""Every address of the project, from the URL resolver."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls.resolvers import RoutePattern

from tests.addresses import ways

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What a converter of that name could be given; the matrix names the real ids.
_SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


@dataclass(frozen=True)
class Route:
    """One address as it is written in a URL map, and the view behind it."""

    path: str
    view: Any

    @property
    def methods(self) -> tuple[str, ...]:
        """Those the view has; a function is asked in every way."""
        kind = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)
        if kind is None:
            return METHODS
        return tuple(method for method in METHODS if hasattr(kind, method.lower()))

    def address(self, **ids: object) -> str:
        """An address of this shape, with these ids and otherwise any."""

        def filled(found: re.Match[str]) -> str:
            converter, _, name = found[1].rpartition(":")
            return str(ids.get(name, _SAMPLES.get(converter, "x")))

        return "/" + re.sub(r"<([^>]+)>", filled, self.path)


def routes() -> list[Route]:
    """All addresses; those by regular expression have their groups as ``<name>``."""
    return [Route("".join(map(_written, way)), way[-1].callback) for way in ways()]


def _written(found: Any) -> str:
    pattern = found.pattern
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", str(pattern))
    return re.sub(r"\((?:[^()]|\([^()]*\))*\)\??|[\^$?\\]|\.\*", "", named)
