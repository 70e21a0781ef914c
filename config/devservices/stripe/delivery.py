"""Sending events to their endpoints: signed, in order, again and again until they are taken."""

import hashlib
import hmac
import http.client
import json
import threading
import time
from collections.abc import Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from config.devservices.stripe.shapes import Obj, public
from config.devservices.stripe.store import Store

_ANSWER_SECONDS = 30
_LOG_LENGTH = 1000


class _StayHere(HTTPRedirectHandler):
    """A redirect is a refusal, as at Stripe."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = build_opener(_StayHere, ProxyHandler({}))


class Courier:
    """The background thread that delivers.

    An event that is refused waits (``retry_seconds``, the last one repeated) and lets others pass,
    as at Stripe: receivers cannot rely on an order.
    """

    def __init__(self, store: Store, *, retry_seconds: Sequence[float]) -> None:
        self.store = store
        self.log: list[dict[str, Any]] = []
        self.is_holding = False
        self._retry_seconds = retry_seconds
        self._is_stopping = False
        self._is_sending = False
        self._news = threading.Condition(store.lock)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="stripe-webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._news:
            self._is_stopping = True
            self._news.notify_all()
        if self._thread:
            self._thread.join(timeout=5)

    def wake(self) -> None:
        with self._news:
            self._news.notify_all()

    def wait(self, timeout: float) -> bool:
        """Whether everything was taken within ``timeout`` seconds."""
        with self._news:
            return self._news.wait_for(
                lambda: not self.store.deliveries and not self._is_sending, timeout
            )

    def _run(self) -> None:
        while True:
            with self._news:
                delivery = self._next()
                while delivery is None and not self._is_stopping:
                    self._news.wait(self._pause())
                    delivery = self._next()
                if delivery is None or self._is_stopping:
                    return
                self._is_sending = True
                event = self.store.objects[delivery["event"]]
                endpoint = self.store.objects[delivery["endpoint"]]
                body, header = signed(event, endpoint["_secret"])
                address = endpoint["url"]
            status = _post(address, body, header)
            with self._news:
                self._is_sending = False
                self._note(delivery, event, status)
                self._news.notify_all()

    def _next(self) -> dict[str, Any] | None:
        if self.is_holding:
            return None
        now = time.time()
        return next((one for one in self.store.deliveries if one["due"] <= now), None)

    def _pause(self) -> float | None:
        if self.is_holding or not self.store.deliveries:
            return None
        soonest: float = min(one["due"] for one in self.store.deliveries)
        return max(0.01, soonest - time.time())

    def _note(self, delivery: dict[str, Any], event: Obj, status: int | str) -> None:
        delivery["attempts"] += 1
        self.log.append(
            {
                "event": event["id"],
                "type": event["type"],
                "endpoint": delivery["endpoint"],
                "attempt": delivery["attempts"],
                "status": status,
            }
        )
        del self.log[:-_LOG_LENGTH]
        if isinstance(status, int) and 200 <= status < 300:  # noqa: PLR2004
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
            self.store.deliveries = [one for one in self.store.deliveries if one is not delivery]
        else:
            last = len(self._retry_seconds) - 1
            pause = self._retry_seconds[min(delivery["attempts"] - 1, last)]
            delivery["due"] = time.time() + pause
        self.store.save()


def signed(event: Obj, secret: str) -> tuple[bytes, str]:
    """An event's raw body and the ``Stripe-Signature`` header that vouches for it."""
    body = json.dumps(public(event), indent=2).encode()
    moment = int(time.time())
    digest = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    return body, f"t={moment},v1={digest}"


def _post(address: str, body: bytes, header: str) -> int | str:
    request = Request(  # noqa: S310 - only http addresses are registered
        address,
        data=body,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": header,
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
    )
    try:
        with _opener.open(request, timeout=_ANSWER_SECONDS) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
