"""The stand-in as one object that can be started and stopped."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from config.devservices.identity.apple import Apple
from config.devservices.identity.credentials import Registration, environment
from config.devservices.identity.google import Google
from config.devservices.identity.server import Fault, Provider, Server


class PortTakenError(Exception):
    """Another program listens on the port."""


class IdentityStandIn:
    """A Google and an Apple of one's own: ``google`` and ``apple`` mint what a phone would get."""

    def __init__(self) -> None:
        self._server: Server | None = None
        self.reset()

    def reset(self) -> None:
        """Forget everybody, with new keys, as if just started."""
        self.registration = Registration()
        self.google, self.apple = Google(self.registration), Apple(self.registration)
        if self._server is not None:
            self._server.providers = self._providers
            self._server.faults = []
            self._server.calls.clear()

    def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serve in the background and return the base address; port 0 takes any free one."""
        try:
            self._server = Server((host, port), self._providers)
        except OSError as error:
            raise PortTakenError(
                f"Port {port} on {host} cannot be used: {error.strerror}."
            ) from None
        self.base = f"http://{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self.base

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.base)

    @property
    def calls(self) -> Counter[str]:
        """How often each path was asked for."""
        return self._running.calls

    @contextmanager
    def failing(
        self, path: str, *, status: int = 503, body: bytes = b"<html></html>", sleep: float = 0
    ) -> Iterator[None]:
        """Meanwhile every address that begins with ``path`` answers so; 0 only makes it slow."""
        fault = Fault(path, status, body, sleep)
        self._running.faults.append(fault)
        try:
            yield
        finally:
            self._running.faults.remove(fault)

    @property
    def _providers(self) -> dict[str, Provider]:
        return {"google": self.google, "apple": self.apple}

    @property
    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("The stand-in is not running.")
        return self._server
