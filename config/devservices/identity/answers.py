"""What a provider answers: JSON, a page, or somewhere else to go."""

import json
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

_PAGES = Path(__file__).with_name("pages")


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class OAuthError(Exception):
    """A refusal in OAuth's own words (RFC 6749, section 5.2)."""

    def __init__(self, code: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.code, self.description, self.status = code, description, status

    def answer(self) -> Answer:
        return as_json(
            {"error": self.code, "error_description": self.description}, status=self.status
        )


def as_json(data: dict[str, Any], *, status: int = 200, cached: bool = False) -> Answer:
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Cache-Control": "public, max-age=21600" if cached else "no-store",
    }
    return Answer(json.dumps(data).encode(), status, headers)


def redirect(address: str, **parameters: str) -> Answer:
    mark = "&" if "?" in address else "?"
    return Answer(b"", 302, {"Location": f"{address}{mark}{urlencode(parameters)}"})


def page(name: str, title: str, /, *, status: int = 200, **values: str) -> Answer:
    """A page for a person; values that are HTML already end in ``_html``."""
    shown = {
        key.removesuffix("_html"): value if key.endswith("_html") else escape(value)
        for key, value in values.items()
    }
    body = fill(name, **shown)
    html = fill("layout", title=escape(title), body=body)
    return Answer(html.encode(), status, {"Content-Type": "text/html; charset=utf-8"})


def fill(name: str, /, **values: str) -> str:
    text = (_PAGES / f"{name}.html").read_text(encoding="utf-8")
    return Template(text).substitute(values)
