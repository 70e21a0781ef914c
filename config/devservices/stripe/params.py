"""What a caller sent: Stripe's bracketed forms, read with Stripe's complaints."""

import re
import time
from collections.abc import Collection
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from config.devservices.stripe.errors import ApiError, invalid

_PARTS = re.compile(r"[^\[\]]+|(?<=\[)(?=\])")
_MOST_FIELDS = 1000
_LATEST_YEAR = 2100


def decode(text: str) -> dict[str, Any]:
    """``items[0][price]=p&expand[]=x`` as nested dicts and lists."""
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise invalid(f"Invalid request: {error}.") from None
    root: dict[str, Any] = {}
    for name, value in pairs:
        _place(root, name, value)
    return cast("dict[str, Any]", _as_lists(root))


def _place(root: dict[str, Any], name: str, value: str) -> None:
    *parents, last = _PARTS.findall(name) or [name]
    here = root
    for part in parents:
        here = here.setdefault(part or str(len(here)), {})
        if not isinstance(here, dict):
            raise invalid(f"Invalid parameter: {name}", param=name)
    here[last or str(len(here))] = value


def _as_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdecimal() for name in value):
        return [_as_lists(value[name]) for name in sorted(value, key=int)]
    return {
        name: inner if name == "metadata" else _as_lists(inner)  # its keys are the caller's
        for name, inner in value.items()
    }


class Params:
    """One level of parameters; every reader answers 400 when the value is of the wrong kind."""

    def __init__(self, values: dict[str, Any], *, within: str = "") -> None:
        self.values = values
        self._within = within

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def path(self, name: str) -> str:
        return f"{self._within}[{name}]" if self._within else name

    def text(self, name: str) -> str | None:
        """The value, or None when it is absent or empty (which is how a field is cleared)."""
        value = self.values.get(name)
        if isinstance(value, dict | list):
            raise invalid(f"Invalid string: {name}", param=self.path(name))
        return None if value in (None, "") else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise self.lacking(name)
        return value

    def lacking(self, name: str) -> ApiError:
        return invalid(
            f"Missing required param: {self.path(name)}.",
            param=self.path(name),
            code="parameter_missing",
        )

    def integer(self, name: str, *, least: int = 0) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,12}", value):
            raise invalid(
                f"Invalid integer: {value}", param=self.path(name), code="parameter_invalid_integer"
            )
        if int(value) < least:
            raise invalid(
                f"This value must be greater than or equal to {least}.",
                param=self.path(name),
                code="parameter_invalid_integer",
            )
        return int(value)

    def moment(self, name: str, *, now: int) -> int | None:
        """A unix time, or Stripe's word ``now``."""
        if self.values.get(name) == "now":
            return now
        return self.integer(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name)
        if value is None:
            return default
        if value.lower() not in ("true", "false"):
            raise invalid(f"Invalid boolean: {value}", param=self.path(name))
        return value.lower() == "true"

    def choice(self, name: str, choices: Collection[str], *, default: str) -> str:
        value = self.text(name) or default
        if value not in choices:
            raise invalid(
                f"Invalid {self.path(name)}: must be one of {', '.join(choices)}",
                param=self.path(name),
            )
        return value

    def web_address(self, name: str) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        address = urlsplit(value)
        if address.scheme not in ("http", "https") or not address.netloc:
            raise invalid("Not a valid URL", param=self.path(name), code="url_invalid")
        return value

    def child(self, name: str) -> "Params":
        value = self.values.get(name) or {}
        if not isinstance(value, dict):
            raise invalid(f"Invalid object: {self.path(name)}", param=self.path(name))
        return Params(value, within=self.path(name))

    def children(self, name: str) -> list["Params"]:
        values = self._list(name)
        if not all(isinstance(value, dict) for value in values):
            raise invalid(f"Invalid array: {self.path(name)}", param=self.path(name))
        return [
            Params(value, within=f"{self.path(name)}[{index}]")
            for index, value in enumerate(values)
        ]

    def texts(self, name: str) -> list[str]:
        return [str(value) for value in self._list(name)]

    def metadata(self, current: dict[str, str] | None = None) -> dict[str, str]:
        """The metadata after this call; an empty value removes its key, an empty whole all."""
        if self.values.get("metadata") == "":
            return {}
        changes = self.child("metadata").values
        merged = {**(current or {}), **{name: str(value) for name, value in changes.items()}}
        return {name: value for name, value in merged.items() if value != ""}

    def _list(self, name: str) -> list[Any]:
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise invalid(f"Invalid array: {self.path(name)}", param=self.path(name))
        return value


def is_past(*, month: int, year: int, now: int) -> bool:
    today = time.gmtime(now)
    return (year, month) < (today.tm_year, today.tm_mon) or year > _LATEST_YEAR
