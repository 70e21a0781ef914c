"""Puts the triggers of the audit trail into the database; safe to repeat."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string
from psycopg import sql

_SQL = Path(__file__).with_name("triggers.sql")
_TRIGGER = "changes_are_audited"


@dataclass(frozen=True, slots=True)
class Audited:
    """A model, which of its columns are watched, and which column names the member."""

    model: str
    columns: str
    member: str = ""
    secret: str = ""
    on: str = "INSERT OR UPDATE OF {columns} OR DELETE"


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """The triggers agree with the table in ``settings.AUDITED`` after every ``migrate``."""
    install(using)


def install(using: str = "default") -> None:
    """Make the triggers what the settings say, on whichever of the tables are there by now."""
    connection = connections[using]
    with transaction.atomic(using=using):
        there = set(connection.introspection.table_names())
        if not {"privacy_auditentry", "privacy_consent"} <= there:
            return
        with connection.cursor() as cursor:
            cursor.execute(_SQL.read_text())
        for audited in import_string(settings.AUDITED):
            options: Any = apps.get_model(audited.model)._meta  # noqa: SLF001  (documented)
            if options.db_table in there:
                _watch(connection, audited, options)


def _watch(connection: BaseDatabaseWrapper, audited: Audited, options: Any) -> None:
    columns = [options.get_field(name).column for name in audited.columns.split()]
    secret = [options.get_field(name).column for name in audited.secret.split()]
    member = options.get_field(audited.member).column if audited.member else ""
    statement = sql.SQL(
        "CREATE OR REPLACE TRIGGER {trigger} AFTER {on} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION privacy_audit({model}, {member}, {columns}, {secret})"
    ).format(
        trigger=sql.Identifier(_TRIGGER),
        on=sql.SQL(audited.on).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns))),
        table=sql.Identifier(options.db_table),
        model=sql.Literal(options.label),
        member=sql.Literal(member),
        columns=sql.Literal("{" + ",".join(columns) + "}"),
        secret=sql.Literal("{" + ",".join(secret) + "}"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string())
