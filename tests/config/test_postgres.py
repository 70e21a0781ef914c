"""The database that needs no installing: whoever starts it, wherever the clone lies."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.devservices.postgres import EmbeddedPostgres, PostgresError, database

pytestmark = pytest.mark.slow
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")

# The interpreter itself may lie where only root can look, so it is loaded first.
START_AND_STOP = """
import os, pwd, sys
from pathlib import Path
from config.devservices.postgres import EmbeddedPostgres
nobody = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(nobody.pw_gid)
os.setuid(nobody.pw_uid)
server = EmbeddedPostgres(Path(sys.argv[1]), name="probe", fsync=False)
server.start()
assert server.is_running
server.stop()
"""


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that the server's user can reach, as most clones are."""
    folder = Path(tempfile.mkdtemp(prefix="fitcore-postgres-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def server(var: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(var, name="probe", fsync=False)


def ask(var: Path, statement: str) -> object:
    at = database(var, name="probe")
    with psycopg.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], dbname=at["NAME"], autocommit=True
    ) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchone() if cursor.description else None


def has_ended(server: EmbeddedPostgres) -> bool:
    try:
        server.check()
    except PostgresError:
        return True
    return False


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_server_starts_stops_and_keeps_what_it_was_given(var: Path) -> None:
    first = server(var)
    first.start()
    ask(var, "CREATE TABLE kept AS SELECT 7 AS number")
    first.stop()
    assert not first.is_running

    second = server(var)
    second.start()

    assert ask(var, "SELECT number FROM kept") == (7,)
    second.stop()


def test_starting_twice_attaches_and_only_the_starter_stops_it(var: Path) -> None:
    owner, guest = server(var), server(var)
    owner.start()
    owner.start()
    guest.start()

    guest.stop()

    assert owner.is_running
    owner.stop()
    assert not owner.is_running


def test_a_first_start_that_was_cut_short_is_made_again(var: Path) -> None:
    half = server(var)
    half.data.mkdir(parents=True)
    (half.data / "base").mkdir()

    half.start()

    assert ask(var, "SELECT 1") == (1,)
    half.stop()


def test_a_server_whose_owner_is_killed_ends_and_starts_again(var: Path) -> None:
    program = (
        "import pathlib, sys, time; from config.devservices.postgres import EmbeddedPostgres;"
        "EmbeddedPostgres(pathlib.Path(sys.argv[1]), name='probe', fsync=False).start();"
        "print('ready', flush=True); time.sleep(600)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, str(var)], cwd=settings.ROOT, stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"ready\n"
    ours = server(var)
    assert ours.is_running

    with owner:
        owner.send_signal(signal.SIGKILL)

    wait_until(lambda: not ours.is_running)
    ours.start()
    assert ask(var, "SELECT 1") == (1,)
    ours.stop()


def test_a_server_that_ended_by_itself_is_noticed(var: Path) -> None:
    ours = server(var)
    ours.start()
    ours.check()

    os.kill(int((ours.data / "postmaster.pid").read_text().split()[0]), signal.SIGINT)

    wait_until(lambda: has_ended(ours))
    ours.stop()


def test_a_server_that_cannot_start_names_its_log(var: Path) -> None:
    broken = server(var)
    broken.start()
    broken.stop()
    (broken.data / "PG_VERSION").write_text("1\n")

    with pytest.raises(PostgresError, match=r"server\.log"):
        broken.start()


@needs_root
def test_root_may_keep_the_clone_where_nobody_else_can_look(var: Path) -> None:
    var.chmod(0o700)
    hidden = server(var)

    hidden.start()

    assert ask(var, "SELECT 1") == (1,)
    hidden.stop()
    assert var not in hidden.home.parents
    shutil.rmtree(hidden.home)


@needs_root
@pytest.mark.skipif(
    any(not part.stat().st_mode & 0o001 for part in Path(sys.prefix).parents),
    reason="the environment is closed to other users",
)
def test_an_ordinary_user_starts_it_as_well(var: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(var, nobody.pw_uid, nobody.pw_gid)

    done = subprocess.run(
        [sys.executable, "-c", START_AND_STOP, var], cwd=settings.ROOT, check=False
    )

    assert done.returncode == 0
    assert (server(var).data / "PG_VERSION").stat().st_uid == nobody.pw_uid
