"""Hot reads, compiled once: the ORM says what is asked, and is not asked again how to say it.

Building and compiling a query takes the ORM several times as long as the database takes to
answer it (``docs/decisions/0010``). Everything else stays with plain querysets.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, Field, Func, Model, QuerySet


class _Slot(Expression):
    """The place of a value that comes with each run."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=Field())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Prepared:
    """A ``values_list`` query whose SQL is made on first use and kept for the process.

    ``build`` is given a placeholder for each of ``names``. It may compare them, not look at
    them: a value that changes the shape of the query needs a query of its own.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *names: str) -> None:
        self._build = build
        self._names = names

    def rows(self, limit: int | None = None, /, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, at most ``limit`` of them: one query."""
        sql, parameters, compiler, converters = self._compiled
        given = [values[p.name] if isinstance(p, _Slot) else p for p in parameters]
        if limit is not None:
            sql, given = f"{sql} LIMIT %s", [*given, limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any], Any, Any]:
        built = self._build(**{name: _Slot(name) for name in self._names})
        compiler = built.query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return sql, parameters, compiler, converters


def is_any_of(column: str, values: Any) -> Func:
    """``column = ANY (array)`` and not ``IN``: the query has the same shape for any number."""
    array = Func(values, template="(%(expressions)s)")
    return Func(
        column,
        array,
        template="%(expressions)s",
        arg_joiner=" = ANY ",
        output_field=BooleanField(),
    )


class PreparedInstance[Kind: Model]:
    """A prepared query for rows of a model, each with one related row and its ``annotations``."""

    def __init__(
        self,
        model: type[Kind],
        related: str,
        build: Callable[..., QuerySet[Kind]],
        *names: str,
        annotations: Sequence[str] = (),
    ) -> None:
        self._model, self._related, self._annotations = model, related, annotations
        self._rows = Prepared(lambda **slots: self._columns_of(build(**slots)), *names)

    def first(self, **values: Any) -> Kind | None:
        """The first row for these values, with its related one loaded if it has one: one query."""
        return next(iter(self.all(**values)), None)

    def all(self, **values: Any) -> list[Kind]:
        """The rows for these values, each with its related one loaded if it has one: one query."""
        return [self._instance(row) for row in self._rows.rows(**values)]

    def _instance(self, row: Sequence[Any]) -> Kind:
        own, other = self._fields
        instance = self._model.from_db(connection.alias, own, row[: len(own)])
        beside = row[len(own) : len(own) + len(other)]
        if any(value is not None for value in beside):
            loaded = self._other_model.from_db(connection.alias, other, beside)
            setattr(instance, self._related, loaded)
        for name, value in zip(self._annotations, row[len(own) + len(other) :], strict=True):
            setattr(instance, name, value)
        return instance

    def _columns_of(self, rows: QuerySet[Kind]) -> QuerySet[Any, Any]:
        own, other = self._fields
        beside = (f"{self._related}__{name}" for name in other)
        return rows.values_list(*own, *beside, *self._annotations)

    @cached_property
    def _other_model(self) -> type[Model]:
        other: Any = _options(self._model).get_field(self._related).related_model
        kind: type[Model] = other
        return kind

    @cached_property
    def _fields(self) -> tuple[list[str], list[str]]:
        models = (self._model, self._other_model)
        own, other = ([f.attname for f in _options(model).concrete_fields] for model in models)
        return own, other


def _options(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001  (Django documents it)
