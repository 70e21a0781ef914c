"""Tells the database who is behind a write, in the same round trip as the write.

Only statements that write to an audited table carry it; everything else goes out untouched.
"""

import functools
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.utils.functional import empty
from django.utils.module_loading import import_string
from structlog.contextvars import get_contextvars

_request: ContextVar[HttpRequest | None] = ContextVar("audited_request", default=None)
_WRITES = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")
_UNSAFE = re.compile(r"[^\w./:<>-]", re.ASCII)
_LONGEST = 120
_WEBHOOKS = "api/payments/webhooks/"
_STORE_TASKS = "commerce.gateways."


class AuditMiddleware:
    """Remembers the request, so that a write to an audited table can say who caused it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def tell_who(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Have every new connection carry the name of who writes to an audited table."""
    if connection.vendor == "postgresql" and _carry not in connection.execute_wrappers:
        connection.execute_wrappers.append(_carry)


def _carry(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    if not isinstance(sql, str) or not sql.startswith(_WRITES):
        return execute(sql, params, many, context)
    columns = _watched().get(next(iter(sql.split('"', 2)[1:2]), ""))
    if columns is None or (sql.startswith("UPDATE ") and not columns.search(sql)):
        return execute(sql, params, many, context)
    prefix = f"SELECT set_config('fitcore.actor', '{json.dumps(_actor())}', true); "
    if many:  # one statement, sent many times: say it once beforehand
        execute(prefix, None, False, context)  # noqa: FBT003
        return execute(sql, params, many, context)
    result = execute(prefix + sql, params, many, context)
    context["cursor"].cursor.nextset()  # from set_config's row to what the statement gave
    return result


def _actor() -> dict[str, Any]:
    """Who is behind what runs now; reading it asks the database nothing."""
    told = get_contextvars()
    request_id = _safe(told.get("request_id", ""))
    if task := told.get("task"):
        kind = "webhook" if task.startswith(_STORE_TASKS) else "task"
        return {"kind": kind, "through": _safe(task), "request": request_id}
    request = _request.get()
    if request is None:
        return {"kind": "system"}
    user = _known_user(request)
    route = request.resolver_match.route if request.resolver_match else ""
    kind = "webhook" if route.startswith(_WEBHOOKS) else "visitor"
    if user is not None:
        kind = "staff" if user.is_staff else "member"
    return {
        "kind": kind,
        "id": user.pk if user is not None else None,
        "through": _safe(f"{request.method}:{route}"),
        "request": request_id,
    }


def _known_user(request: HttpRequest) -> Any:
    """The user as far as it was looked up already."""
    user: Any = vars(request).get("user")
    if getattr(user, "_wrapped", None) is empty:
        user = getattr(request, "_cached_user", None)
    return user if user is not None and user.is_authenticated else None


def _safe(text: Any) -> str:
    """Nothing that means something within an SQL string or to a placeholder."""
    return _UNSAFE.sub("", str(text))[:_LONGEST]


@functools.cache
def _watched() -> dict[str, re.Pattern[str]]:
    """What an update of each audited table looks like that sets a watched column."""
    found = {}
    for audited in import_string(settings.AUDITED):
        options: Any = apps.get_model(audited.model)._meta  # noqa: SLF001  (documented)
        columns = "|".join(options.get_field(name).column for name in audited.columns.split())
        found[options.db_table] = re.compile(f'"(?:{columns})" =')
    return found
