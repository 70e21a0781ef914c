"""Everything the stand-in remembers, in memory and in one JSON file."""

import contextlib
import json
import os
import secrets
import string
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.devservices.stripe.errors import ApiError, missing
from config.devservices.stripe.shapes import PREFIXES, Obj, blank

_LETTERS = string.ascii_letters + string.digits
_REMEMBERED = ("objects", "answers", "deliveries", "offset", "counters")
_EVENTS_KEPT = 1000  # in the file, which is written after every change


class StateFileError(Exception):
    """The state file cannot be read; the message names it."""


class Store:
    """The objects, the answers given to idempotent calls, what is still to be delivered, the time.

    Whoever reads or writes holds ``lock``.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.is_cancelling_unpaid = True
        self.clear()
        if path and path.exists():
            self._load(path)

    def clear(self) -> None:
        self._take_over({})
        self.answers: dict[str, Any] = {}
        self.deliveries: list[dict[str, Any]] = []
        self.counters: dict[str, int] = {}
        self.offset = 0
        self.has_news = False  # something happened that the file does not know yet
        self._moment: int | None = None

    def now(self) -> int:
        """Unix time on the stand-in's clock, which can be ahead of the machine's."""
        return self._moment if self._moment is not None else int(time.time()) + self.offset

    @contextlib.contextmanager
    def at(self, moment: int) -> Iterator[None]:
        """Let the clock stand still at ``moment``."""
        before, self._moment = self._moment, moment
        try:
            yield
        finally:
            self._moment = before

    def count(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def make(self, kind: str, /, **values: Any) -> Obj:
        """A new object that is not kept yet."""
        return {
            "id": new_id(PREFIXES[kind], length=58 if kind == "checkout.session" else 24),
            "object": kind,
            **blank(kind),
            "created": self.now(),
            "livemode": False,
            **values,
        }

    def add(self, kind: str, /, **values: Any) -> Obj:
        return self.keep(self.make(kind, **values))

    def keep(self, obj: Obj) -> Obj:
        self.objects[obj["id"]] = obj
        self._by_kind.setdefault(obj["object"], {})[obj["id"]] = obj
        return obj

    def get(self, kind: str, object_id: str, *, param: str | None = None) -> Obj:
        """The object, else the 404 (or, for an id in ``param``, the 400) that Stripe answers."""
        found = self.objects.get(object_id)
        if found is None or found["object"] != kind or found.get("deleted"):
            raise missing(kind, object_id, param=param)
        return found

    def find(self, kind: str, /, **equal: Any) -> list[Obj]:
        """The objects of a kind, newest first, of which every named field has the given value."""
        return [
            obj
            for obj in reversed(self._by_kind.get(kind, {}).values())
            if not obj.get("deleted")
            and all(obj.get(name) == value for name, value in equal.items())
        ]

    @contextlib.contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Forget what was done within, events included, when it ends in an error."""
        before = json.dumps([self.objects, self.deliveries])
        try:
            yield
        except ApiError:
            objects, self.deliveries = json.loads(before)
            self._take_over(objects)
            raise

    def save(self) -> None:
        """Write the file in one step, so that a kill leaves the old state or the new one."""
        if self.path is None:
            return
        self._forget_old_events()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        state = {name: getattr(self, name) for name in _REMEMBERED}
        unfinished.write_text(json.dumps(state), encoding="utf-8")
        unfinished.replace(self.path)
        self.has_news = False

    def _load(self, path: Path) -> None:
        try:
            state = json.loads(path.read_text(encoding="utf-8"))
            for name in _REMEMBERED:
                setattr(self, name, state[name])
            self._take_over(state["objects"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StateFileError(
                f"{path} is no state file of this stand-in ({type(error).__name__}); remove it to"
                " start afresh."
            ) from None

    def _forget_old_events(self) -> None:
        awaited = {delivery["event"] for delivery in self.deliveries}
        events = [event["id"] for event in self.find("event")][_EVENTS_KEPT:]
        for event_id in events:
            if event_id not in awaited:
                del self.objects[event_id], self._by_kind["event"][event_id]

    def _take_over(self, objects: dict[str, Obj]) -> None:
        self.objects: dict[str, Obj] = {}
        self._by_kind: dict[str, dict[str, Obj]] = {}
        for obj in objects.values():
            self.keep(obj)


def new_id(prefix: str, *, length: int = 24) -> str:
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(length))}"
