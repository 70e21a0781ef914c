"""Which function answers which call, and the lists and expansions all of them share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.devservices.stripe.errors import invalid, unknown_url
from config.devservices.stripe.params import Params
from config.devservices.stripe.shapes import Obj, listing, public
from config.devservices.stripe.store import Store

_MOST_LISTED = 100
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "gt": int.__gt__,
    "gte": int.__ge__,
    "lt": int.__lt__,
    "lte": int.__le__,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request: what was asked, and the store to answer it from."""

    store: Store
    method: str
    url: str
    params: Params
    base_url: str
    ids: dict[str, str]

    def target(self, kind: str) -> Obj:
        """The object that the path names."""
        return self.store.get(kind, self.ids["id"])


type Handler = Callable[[Call], Obj]
type Reader = Callable[[Store, Obj], Obj | None]

_ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []
_INCLUDED: dict[tuple[str, str], Reader] = {}


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def register(handler: Handler) -> Handler:
        _ROUTES.append((method, pattern, handler))
        return handler

    return register


def included(kind: str, field: str) -> Callable[[Reader], Reader]:
    """Register what ``expand[]`` shows for a field that an object leaves out by default."""

    def register(reader: Reader) -> Reader:
        _INCLUDED[kind, field] = reader
        return reader

    return register


def readable(kind: str, path: str, *, filters: tuple[str, ...] = ()) -> None:
    """Serve a kind's list and its single objects."""

    @route("GET", path)
    def listed(call: Call) -> Obj:
        return page(call, call.store.find(kind), filters=filters)

    @route("GET", f"{path}/{{id}}")
    def retrieved(call: Call) -> Obj:
        return call.target(kind)


def resolve(method: str, path: str) -> tuple[Handler, dict[str, str]]:
    for known_method, pattern, handler in _ROUTES:
        match = pattern.fullmatch(path)
        if match and known_method == method:
            return handler, match.groupdict()
    raise unknown_url(method, path)


def page(call: Call, objects: list[Obj], *, filters: tuple[str, ...] = ()) -> Obj:
    """One page of a list that is newest first, filtered and cut as the caller asked."""
    params = call.params
    for name in filters:
        wanted = params.text(name)
        if wanted is not None:
            objects = [obj for obj in objects if _text(obj.get(name)) == wanted]
    objects = [obj for obj in objects if _is_created_within(obj, params)]
    limit = params.integer("limit", least=1) or 10
    if limit > _MOST_LISTED:
        raise invalid(f"Limit must be at most {_MOST_LISTED}.", param="limit")
    after, before = params.text("starting_after"), params.text("ending_before")
    if after:
        rest = objects[_position(objects, after, param="starting_after") + 1 :]
        return listing(rest[:limit], call.url, has_more=len(rest) > limit)
    if before:
        rest = objects[: _position(objects, before, param="ending_before")]
        return listing(rest[-limit:], call.url, has_more=len(rest) > limit)
    return listing(objects[:limit], call.url, has_more=len(objects) > limit)


def expanded(store: Store, answer: Obj, paths: list[str]) -> Obj:
    """The public face of an answer, with the ids named by ``paths`` replaced by their objects."""
    shown: Obj = public(answer)
    for path in sorted(paths):
        _expand(store, shown, path.split("."))
    return shown


def _expand(store: Store, here: Any, names: list[str]) -> None:
    if isinstance(here, list):
        for one in here:
            _expand(store, one, names)
    elif isinstance(here, dict) and names:
        name, *rest = names
        value = here.get(name)
        if (here.get("object"), name) in _INCLUDED and value is None:
            value = _INCLUDED[here["object"], name](store, store.objects[here["id"]])
        if isinstance(value, str) and value in store.objects:
            value = store.objects[value]
        if value is not None:
            here[name] = public(value)
        _expand(store, here.get(name), rest)


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _is_created_within(obj: Obj, params: Params) -> bool:
    if not isinstance(params.values.get("created"), dict):
        exact = params.integer("created")
        return exact is None or obj.get("created") == exact
    bounds = params.child("created")
    limits = {name: bounds.integer(name) for name in _COMPARISONS}
    return all(
        _COMPARISONS[name](obj.get("created", 0), limit)
        for name, limit in limits.items()
        if limit is not None
    )


def _position(objects: list[Obj], object_id: str, *, param: str) -> int:
    for index, obj in enumerate(objects):
        if obj["id"] == object_id:
            return index
    raise invalid(f"No such object: '{object_id}'", param=param, code="resource_missing")
