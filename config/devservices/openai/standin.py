"""The stand-in as one object that can be started and stopped."""

import threading
from typing import Any

from config.devservices.openai.server import Server

KEY = "sk-only-for-this-machine"


class PortTakenError(Exception):
    """Another program listens on the port."""


class OpenAIStandIn:
    """An OpenAI of one's own: it keeps what it was asked, and fails to order."""

    def __init__(self) -> None:
        self._server: Server | None = None

    def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Serve in the background and return the base address; port 0 takes any free one."""
        try:
            self._server = Server((host, port), key=KEY)
        except OSError as error:
            raise PortTakenError(
                f"Port {port} on {host} cannot be used: {error.strerror}."
            ) from None
        self.base = f"http://{host}:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self.base

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def reset(self) -> None:
        """Forget what was asked and what should go wrong."""
        self._running.asked.clear()
        self._running.faults.clear()
        self._running.seconds = 0.0

    def fail(self, *faults: str) -> None:
        """What goes wrong with the next questions, one each; see ``Handler``."""
        self._running.faults.extend(faults)

    def think(self, seconds: float) -> None:
        """How long each answer takes from now on."""
        self._running.seconds = seconds

    @property
    def asked(self) -> list[dict[str, Any]]:
        return self._running.asked

    @property
    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("The stand-in is not running.")
        return self._server
