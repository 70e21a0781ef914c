"""Everything that is kept anywhere, to look for what should be gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey
from psycopg import sql

from fitness.accounts.models import User


def whole_database() -> Iterator[tuple[str, str]]:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                sql.SQL("SELECT row_to_json(t)::text FROM {} t")
                .format(sql.Identifier(table))
                .as_string()
            )
            for (row,) in cursor.fetchall():
                yield table, row


def all_files() -> Iterator[tuple[str, bytes]]:
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        for path in Path(root).rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def pointers_to(user_id: int) -> list[str]:
    """Columns of any table that still hold the member's id."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        options: Any = model._meta  # noqa: SLF001  (documented)
        for field in options.concrete_fields:
            is_key = isinstance(field, ForeignKey) and field.related_model is User
            is_named = field.name in {"user_id", "subject_id", "actor_id"}
            rows = (
                options.base_manager.filter(**{field.attname: user_id})
                if is_key or is_named
                else None
            )
            if rows is not None and rows.exists():
                found.append(f"{options.label}.{field.name}")
    return found
