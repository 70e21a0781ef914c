"""Requests that the server is still answering when a test is over."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started

_QUIET_SECONDS, _LONGEST_SECONDS = 0.3, 20


class Underway:
    """Counts requests from their beginning to their last byte."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count, self._changed_at = 0, time.monotonic()

    def begun(self, **kwargs: Any) -> None:
        self._change(1)

    def ended(self, **kwargs: Any) -> None:
        self._change(-1)

    def wait(self) -> None:
        """Until nothing has come or gone for a moment: a page that closes still says goodbye."""
        until = time.monotonic() + _LONGEST_SECONDS
        while time.monotonic() < until:
            with self._lock:
                is_quiet = time.monotonic() - self._changed_at > _QUIET_SECONDS
                if self._count <= 0 and is_quiet:
                    return
            time.sleep(0.02)

    def _change(self, by: int) -> None:
        with self._lock:
            self._count, self._changed_at = self._count + by, time.monotonic()


@contextmanager
def answered_in_full() -> Iterator[None]:
    """Tables are emptied after a test: no request may hold a row of theirs by then."""
    underway = Underway()
    request_started.connect(underway.begun)
    request_finished.connect(underway.ended)
    try:
        yield
        underway.wait()
    finally:
        request_started.disconnect(underway.begun)
        request_finished.disconnect(underway.ended)
