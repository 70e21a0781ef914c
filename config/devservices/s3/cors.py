"""What a bucket lets the pages of other origins do (CORS), as Amazon answers it.

Without rules a browser reads nothing and sends nothing, whatever the signature says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from xml.etree import ElementTree as ET

from werkzeug.wrappers import Request, Response

_NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Origins, methods and headers that go together; ``*`` stands for anything in them."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    exposed: tuple[str, ...]


def rules_in(body: bytes) -> list[Rule]:
    """The rules of a ``PutBucketCors``."""
    document = ET.fromstring(body)  # noqa: S314 - a development server, asked by us
    return [
        Rule(
            origins=_all(rule, "AllowedOrigin"),
            methods=_all(rule, "AllowedMethod"),
            headers=tuple(header.lower() for header in _all(rule, "AllowedHeader")),
            exposed=_all(rule, "ExposeHeader"),
        )
        for rule in document.iter(f"{_NAMESPACE}CORSRule")
    ]


def preflight(asked: Request, rules: Iterable[Rule]) -> Response:
    """The answer to a browser that asks whether it may."""
    method = asked.headers.get("Access-Control-Request-Method", "")
    named = asked.headers.get("Access-Control-Request-Headers", "").lower()
    headers = [header.strip() for header in named.split(",") if header.strip()]
    for rule in rules:
        if _lets(rule, asked, method) and all(_is_one_of(one, rule.headers) for one in headers):
            told = {"Access-Control-Allow-Headers": ", ".join(headers)} if headers else {}
            return Response(status=200, headers={**_allowed(rule, asked), **told})
    return Response("<Error><Code>AccessForbidden</Code></Error>", status=403)


def headers_for(asked: Request, rules: Iterable[Rule]) -> dict[str, str]:
    """What an answer says so that the page that asked may read it; nothing if it may not."""
    found = (rule for rule in rules if _lets(rule, asked, asked.method))
    rule = next(found, None)
    return _allowed(rule, asked) if rule else {}


def _lets(rule: Rule, asked: Request, method: str) -> bool:
    origin = asked.headers.get("Origin", "")
    return bool(origin) and _is_one_of(origin, rule.origins) and method in rule.methods


def _allowed(rule: Rule, asked: Request) -> dict[str, str]:
    told = {
        "Access-Control-Allow-Origin": asked.headers["Origin"],
        "Access-Control-Allow-Methods": ", ".join(rule.methods),
        "Vary": "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    }
    return told | (
        {"Access-Control-Expose-Headers": ", ".join(rule.exposed)} if rule.exposed else {}
    )


def _is_one_of(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def _all(rule: ET.Element, name: str) -> tuple[str, ...]:
    return tuple(found.text or "" for found in rule.iter(f"{_NAMESPACE}{name}"))
