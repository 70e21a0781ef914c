"""The strings behind the stage: time, faults, deliveries, payments, for tests and demos."""

import dataclasses
import inspect
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from config.devservices.stripe import buying, clock, hosted, refunds, webhooks
from config.devservices.stripe.cards import card_of, face
from config.devservices.stripe.delivery import Courier, signed
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.store import Store

DEFAULT_SECRET = "whsec_standin"
_CALLS_KEPT = 5000


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call to the API, as it was answered."""

    method: str
    path: str
    status: int
    idempotency_key: str | None
    version: str | None


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next matching calls; ``after`` loses the answer, not the work."""

    method: str
    path: str
    status: int | None
    sleep: float
    after: bool
    times: int

    def body(self) -> dict[str, Any]:
        kind = "rate_limit_error" if self.status == 429 else "api_error"  # noqa: PLR2004
        return {"error": {"type": kind, "message": "A fault was asked for."}}


class Controls:
    """Everything a test or a demo can do to the stand-in beside calling Stripe's API."""

    host = ""

    def __init__(self, state: Path | None = None, *, retry_seconds: Sequence[float]) -> None:
        self.store = Store(state)
        self.courier = Courier(self.store, retry_seconds=retry_seconds)
        self._retry_seconds = retry_seconds
        self._calls: list[LoggedCall] = []
        self._faults: list[Fault] = []
        self._webhooks: list[dict[str, Any]] = []
        self._taken = self.store.counters.get("event", 0)

    def reset(self) -> None:
        """Forget everything but the webhooks that were added by ``add_webhook``."""
        with self.store.lock:
            self.store.clear()
            self._calls.clear()
            self._faults.clear()
            self._taken = 0
            self.courier.is_holding = False
            self.courier.log.clear()
            for webhook in self._webhooks:
                webhooks.configure(self.store, **webhook)
            self.store.save()

    def now(self) -> int:
        """The time on the stand-in's clock."""
        return self.store.now()

    def advance(self, seconds: int) -> int:
        """Move the clock; renewals, trial ends, retries and endings happen on the way."""
        if seconds < 0:
            raise invalid("Time only goes forward.", param="seconds")
        with self.store.lock:
            moment = clock.advance(self.store, seconds)
            self._changed()
        return moment

    def after_failed_retries(self, outcome: Literal["cancel", "unpaid"]) -> None:
        """What becomes of a subscription whose renewal was never paid."""
        if outcome not in ("cancel", "unpaid"):
            raise invalid("Choose cancel or unpaid.", param="outcome")
        self.store.is_cancelling_unpaid = outcome == "cancel"

    def pay(
        self,
        session_id: str,
        card: str = "4242424242424242",
        email: str = "buyer@example.com",
        *,
        confirm: bool = True,
    ) -> str:
        """Complete a checkout as a person would; returns the address they are sent to.

        A refused card raises ``ApiError``, as does a person who answers the bank with no.
        """
        with self.store.lock:
            clock.catch_up(self.store)
            session = self.store.get("checkout.session", session_id)
            known = hosted.known_email(self.store, session) or email
            try:
                target = buying.submit(self.store, session, card=face(card_of(card)), email=known)
                if target is None:
                    target = buying.confirm(self.store, session, is_confirmed=confirm, email=known)
            finally:
                self._changed()
        if target is None:
            raise invalid("The bank asked twice.")
        return target

    def decline_customer(self, customer: str, reason: str | None = "generic_decline") -> None:
        """Refuse whatever this customer pays with from now on; None lets it pass again."""
        with self.store.lock:
            self.store.get("customer", customer)["_decline"] = reason
            self._changed()

    def open_dispute(self, charge: str) -> str:
        with self.store.lock:
            dispute = refunds.open_dispute(self.store, self.store.get("charge", charge))
            self._changed()
        return str(dispute["id"])

    def close_dispute(self, dispute: str, *, is_won: bool) -> None:
        with self.store.lock:
            refunds.close_dispute(self.store, self.store.get("dispute", dispute), is_won=is_won)
            self._changed()

    def add_webhook(self, url: str, secret: str, events: Sequence[str] = ("*",)) -> str:
        """Have events sent to ``url``, signed with ``secret``; doing it twice changes nothing."""
        webhook = {"url": url, "secret": secret, "events": list(events)}
        with self.store.lock:
            endpoint = webhooks.configure(self.store, url=url, secret=secret, events=list(events))
            self._webhooks = [one for one in self._webhooks if one["url"] != url] + [webhook]
            self._changed()
        return str(endpoint["id"])

    def hold(self) -> None:
        """Keep events back until ``flush``."""
        with self.store.lock:
            self.courier.is_holding = True

    def flush(self, order: Literal["fifo", "reverse"] = "fifo", copies: int = 1) -> int:
        """Let held events go, in this order and so many times each; returns how many."""
        if order not in ("fifo", "reverse") or not 1 <= copies <= 100:  # noqa: PLR2004
            raise invalid("The order is fifo or reverse, and there are 1 to 100 copies.")
        with self.store.lock:
            waiting = [{**one, "due": 0.0} for one in self.store.deliveries for _ in range(copies)]
            self.store.deliveries[:] = waiting[::-1] if order == "reverse" else waiting
            self.courier.is_holding = False
            self._changed()
        return len(waiting)

    def wait(self, timeout: float = 10) -> bool:
        """Whether every event was taken by its endpoint within so many seconds."""
        return self.courier.wait(timeout)

    def take_events(self, secret: str | None = None) -> list[tuple[bytes, str, str]]:
        """The events since the last call as (body, ``Stripe-Signature``, type), oldest first.

        They are signed with ``secret``, or that of the first endpoint, and are not delivered
        any more.
        """
        with self.store.lock:
            events = [one for one in self.store.find("event") if one["_number"] > self._taken][::-1]
            self._taken = self.store.counters.get("event", 0)
            taken = {event["id"] for event in events}
            self.store.deliveries[:] = [
                one for one in self.store.deliveries if one["event"] not in taken
            ]
            endpoints = self.store.find("webhook_endpoint")[::-1]
            key = secret or (endpoints[0]["_secret"] if endpoints else DEFAULT_SECRET)
            return [(*signed(event, key), event["type"]) for event in events]

    def deliveries(self) -> list[dict[str, Any]]:
        """Every try to deliver an event, oldest first, with the status that came back."""
        with self.store.lock:
            return list(self.courier.log)

    def undelivered(self) -> list[str]:
        """The types of the events that still wait."""
        with self.store.lock:
            return [self.store.objects[one["event"]]["type"] for one in self.store.deliveries]

    def fail_next(
        self,
        method: str,
        path: str,
        *,
        status: int | None = None,
        sleep: float = 0.0,
        after: bool = False,
        times: int = 1,
    ) -> None:
        """Let the next calls answer ``status`` or come late; ``path`` may hold ``*``.

        With ``after`` the work is done first and only its answer is lost.
        """
        with self.store.lock:
            self._faults.append(Fault(method.upper(), path, status, sleep, after, times))

    def calls(self) -> list[LoggedCall]:
        """The calls answered so far, oldest first."""
        with self.store.lock:
            return list(self._calls)

    def take_fault(self, method: str, path: str) -> Fault | None:
        with self.store.lock:
            for fault in self._faults:
                if fault.method == method and fnmatchcase(path, fault.path):
                    fault.times -= 1
                    if fault.times < 1:
                        self._faults.remove(fault)
                    return fault
        return None

    def note_call(self, call: LoggedCall) -> None:
        with self.store.lock:
            self._calls.append(call)
            del self._calls[:-_CALLS_KEPT]

    def _changed(self) -> None:
        self.store.save()
        self.courier.wake()


_BY_HTTP = (
    "add_webhook", "advance", "after_failed_retries", "calls", "close_dispute", "decline_customer",
    "deliveries", "fail_next", "flush", "hold", "now", "open_dispute", "pay", "reset",
    "take_events", "undelivered", "wait",
)  # fmt: skip


def run_control(controls: Controls, name: str, body: str) -> Any:
    """Run a control by its name with the JSON object in ``body`` as its arguments."""
    if name not in _BY_HTTP:
        raise invalid(f"No such control: {name}. There are {', '.join(_BY_HTTP)}.", status=404)
    action = getattr(controls, name)
    try:
        given = json.loads(body or "{}")
        inspect.signature(action).bind(**given)
    except (ValueError, TypeError) as error:
        raise invalid(f"{name} does not understand that: {error}.") from None
    return _as_json(action(**given))


def _as_json(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, bytes):
        return value.decode()
    return dataclasses.asdict(value) if isinstance(value, LoggedCall) else value
