"""The zip of an export: a folder of JSON, a folder of CSV, the member's files, and an index.

Rows pass through one at a time, so that a member with a hundred thousand of them costs no more
memory than one with ten.
"""

import csv
import datetime as dt
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from fitness.privacy.rules import Personal

_ROWS_AT_ONCE = 1000
# A cell that a spreadsheet would run as a formula is told as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one model that belong to the member, and their columns."""

    name: str
    title: str
    rows: QuerySet[Any]
    columns: Sequence[str]
    files: Sequence[str]


class Archive:
    """Everything we hold on one member, by the table in ``settings.PERSONAL_DATA``."""

    def __init__(self, *, user_id: int, now: dt.datetime) -> None:
        self._now = now
        table = import_string(settings.PERSONAL_DATA)
        self._user_id = user_id
        self._more_files = [
            said.files for said in table if isinstance(said, Personal) and said.files
        ]
        self._parts = [
            _part(personal, user_id)
            for personal in table
            if isinstance(personal, Personal) and not personal.not_exported
        ]
        self._counts: dict[str, int] = {}

    def count_rows(self) -> int:
        return sum(part.rows.count() for part in self._parts)

    def write_to(self, target: IO[bytes]) -> Iterator[int]:
        """Write the zip; between two handfuls of rows, how many are in it so far."""
        done = 0
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for part in self._parts:
                count = 0
                for count in _write(archive, part):
                    if count % _ROWS_AT_ONCE == 0:
                        yield done + count
                done += count
                self._counts[part.name] = count
            for path in self._more_files:
                for name in import_string(path)(self._user_id):
                    _write_file(archive, default_storage, name, f"files/{name}")
            index = {"parts": self._index(), "now": self._now}
            for name in ("README.txt", "index.html", "style.css"):
                archive.writestr(name, render_to_string(f"exports/{name}", index))
        yield done

    def _index(self) -> list[dict[str, Any]]:
        return [
            {"name": part.name, "title": part.title, "count": self._counts[part.name]}
            for part in self._parts
            if self._counts[part.name]
        ]


def rows_of(personal: Personal, user_id: int) -> QuerySet[Any]:
    """The member's rows of a model; none where no field says whose they are."""
    model = apps.get_model(personal.model)
    manager: Any = model._base_manager  # noqa: SLF001  (documented; no default filters)
    mine = Q(pk__in=[])
    for path in personal.paths:
        mine |= Q(**{path: user_id})
    rows: QuerySet[Any] = manager.filter(mine)
    return rows


def _part(personal: Personal, user_id: int) -> _Part:
    model = apps.get_model(personal.model)
    options: Any = model._meta  # noqa: SLF001  (documented)
    hidden = {*personal.leave_out.split(), *personal.paths}
    shown = [field for field in options.concrete_fields if field.name not in hidden]
    return _Part(
        name=options.label_lower.replace(".", "_"),
        title=str(options.verbose_name_plural).capitalize(),
        rows=rows_of(personal, user_id).order_by("pk"),
        columns=[*(field.attname for field in shown), *personal.also.split()],
        files=[field.attname for field in shown if isinstance(field, FileField)],
    )


def _write(archive: zipfile.ZipFile, part: _Part) -> Iterator[int]:
    """One JSON and one CSV file; no files at all when there are no rows."""
    rows = part.rows.values(*part.columns).iterator(chunk_size=_ROWS_AT_ONCE)
    first = next(rows, None)
    if first is None:
        return
    names: list[tuple[int, str]] = []
    count = 0
    with tempfile.TemporaryFile() as cells:
        written = io.TextIOWrapper(cells, encoding="utf-8", newline="")
        sheet = csv.writer(written)
        sheet.writerow(part.columns)
        with archive.open(f"json/{part.name}.json", "w", force_zip64=True) as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
            text.write("[\n")
            for count, row in enumerate(_again(first, rows), start=1):
                text.write(",\n" if count > 1 else "")
                text.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False))
                sheet.writerow([_cell(row[column]) for column in part.columns])
                names += [(count, row[field]) for field in part.files if row[field]]
                yield count
            text.write("\n]\n")
            text.detach()
        written.detach()  # flushes, and leaves the file open
        cells.seek(0)
        with archive.open(f"csv/{part.name}.csv", "w", force_zip64=True) as raw:
            shutil.copyfileobj(cells, raw)
    _write_files(archive, part, names)


def _write_files(archive: zipfile.ZipFile, part: _Part, names: list[tuple[int, str]]) -> None:
    model: type[Model] = part.rows.model
    options: Any = model._meta  # noqa: SLF001  (documented)
    for field in part.files:
        storage = options.get_field(field).storage
        for number, name in names:
            place = f"files/{part.name}/{number}-{name.rpartition('/')[2]}"
            _write_file(archive, storage, name, place)


def _write_file(archive: zipfile.ZipFile, storage: Storage, name: str, place: str) -> None:
    if storage.exists(name):
        with storage.open(name) as kept, archive.open(place, "w", force_zip64=True) as raw:
            shutil.copyfileobj(kept, raw)


def _again(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value
