"""The bench's databases: filled once a day as templates, and copied afresh for each run.

A run writes; starting from a copy, every run meets the same rows.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from wagtail.models import Site

from bench import data
from bench.size import Size

_ADMIN = "postgres"


def fresh_database(size: Size, *, today: dt.date) -> None:
    """Make the database of ``size`` anew from its template, which is filled when there is none.

    A template serves for the day, and until migrations or the data's code change.
    """
    template = _stem(size) + _fingerprint(today)
    names = [str(name) for (name,) in _ask("SELECT datname FROM pg_database")]
    known = [name for name in names if name.startswith(_stem(size))]
    if template not in known:
        for stale in known:
            _do("DROP DATABASE {} WITH (FORCE)", stale)
        _make_template(size, template, today=today)
    _do("DROP DATABASE IF EXISTS {} WITH (FORCE)", size.database)
    _do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", size.database, template)
    use_database(size.database)


def use_database(name: str) -> None:
    """Let this process's queries go to another database of the same server."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def _make_template(size: Size, name: str, *, today: dt.date) -> None:
    print("Filling it, once a day ...", flush=True)
    unfinished = f"{_stem(size)}unfinished"
    _do("CREATE DATABASE {}", unfinished)
    use_database(unfinished)
    call_command("migrate", verbosity=0)
    data.fill(size, today=today)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    use_database(_ADMIN)
    _do("ALTER DATABASE {} RENAME TO {}", unfinished, name)


def _stem(size: Size) -> str:
    return f"library_{size.workouts}_"


def _fingerprint(today: dt.date) -> str:
    """What a template depends on: the day, the tables, and how the rows are made up."""
    sources = sorted(Path(data.__file__).parent.glob("*.py"))
    tables = sorted(MigrationLoader(None).graph.leaf_nodes())
    known = [today.isoformat(), repr(tables), *(path.read_text() for path in sources)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:8]


def _ask(statement: str) -> Sequence[Any]:
    with _connected() as database:
        return database.execute(statement).fetchall()


def _do(statement: str, *names: str) -> None:
    with _connected() as database:
        database.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _connected() -> psycopg.Connection[Any]:
    server = connection.settings_dict
    return psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        dbname=_ADMIN,
        autocommit=True,
    )
