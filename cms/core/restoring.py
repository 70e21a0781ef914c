"""Drafts that name what is gone by now."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def without_what_is_gone(kind: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    """A draft's content without categories, exercises and videos that were deleted since.

    What is live keeps them from being deleted; what only a draft names is not kept. A draft that
    named one could be neither opened nor published.
    """
    kept = dict(content)
    for field in _kept_while_used(kind):
        if not _there(field, [kept.get(field.name)]):
            kept[field.name] = None
    for relation in get_all_child_relations(kind):
        name = relation.get_accessor_name()
        rows = kept.get(name) or []
        for field in _kept_while_used(relation.related_model):
            there = _there(field, [row.get(field.name) for row in rows])
            there.add(None)  # an unfinished row
            rows = [row for row in rows if row.get(field.name) in there]
        if name in kept:
            kept[name] = rows
    return kept


def _kept_while_used(kind: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    fields = kind._meta.concrete_fields  # noqa: SLF001 - documented
    keys = [field for field in fields if isinstance(field, models.ForeignKey)]
    return [key for key in keys if key.remote_field.on_delete is models.PROTECT]


def _there(field: models.ForeignKey[Any, Any], wanted: list[Any]) -> set[Any]:
    """Of these keys, those that have a row: one query, none when nothing is named."""
    named = {key for key in wanted if key is not None}
    if not named:
        return set()
    rows = field.related_model._default_manager  # noqa: SLF001 - documented
    return set(rows.filter(pk__in=named).values_list("pk", flat=True))
