"""Another site, for links to lead to: a real server that answers as it is told."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override


class OtherSite(ThreadingHTTPServer):
    """Answers ``/<status>``, ``/to/<where>``, ``/no-head`` and ``/slow``; keeps what it heard."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()

    def at(self, path: str) -> str:
        return f"http://{self.host}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: OtherSite

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        if self.path == "/slow":
            self._drip()
        first, _, rest = self.path.lstrip("/").partition("/")
        if first == "no-head":
            self.send_response(500 if self.command == "HEAD" else 200)
        else:
            self.send_response(302 if first == "to" else int(first) if first.isdecimal() else 200)
        if first == "to":
            self.send_header("Location", rest)
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        self.wfile.write(b"x" * 100)

    def _drip(self) -> None:
        """No single wait is long, and the whole never ends."""
        for _ in range(100):
            time.sleep(0.1)
            self.wfile.write(b"H")

    @override
    def handle(self) -> None:
        with contextlib.suppress(OSError):  # whoever asked has gone
            super().handle()

    @override
    def log_message(self, *args: Any) -> None:
        pass


@contextlib.contextmanager
def other_site() -> Iterator[OtherSite]:
    with OtherSite() as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site
        site.shutdown()
