"""The stand-in as one object that can be started and stopped."""

import threading
from collections.abc import Sequence
from pathlib import Path

from config.devservices.stripe import accounts, invoice_calls, prices, subscription_items
from config.devservices.stripe.control import Controls
from config.devservices.stripe.server import Server

_IMPORTED_FOR_THEIR_ROUTES = (accounts, invoice_calls, prices, subscription_items)
_RETRY_SECONDS = (0.5, 1, 2, 5, 15)


class PortTakenError(Exception):
    """Another program listens on the port."""


class StripeStandIn(Controls):
    """A Stripe of one's own: HTTP API, hosted checkout, webhooks and a clock.

    With ``state`` it remembers everything in that file, so a later one goes on where this ended.
    """

    def __init__(
        self, state: Path | None = None, *, retry_seconds: Sequence[float] = _RETRY_SECONDS
    ) -> None:
        super().__init__(state, retry_seconds=retry_seconds)
        self._server: Server | None = None

    def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serve in the background and return the base address; port 0 takes any free one."""
        try:
            self._server = Server((host, port), self)
        except OSError as error:
            raise PortTakenError(
                f"Port {port} on {host} cannot be used: {error.strerror}."
            ) from None
        self.host = f"{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        self.courier.start()
        return f"http://{self.host}"

    def stop(self) -> None:
        """End serving and delivering; what was not delivered stays in the state file."""
        if self._server is None:
            return
        self.courier.stop()
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        with self.store.lock:
            self.store.save()
