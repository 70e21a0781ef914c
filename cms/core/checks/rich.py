"""What rich text links to and which headings it has, read from its source."""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import override

_ELSEWHERE = ("http://", "https://")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class Link:
    """A link: to a page of ours by number, to an address on the site, or elsewhere."""

    words: str = ""
    page: int | None = None
    is_page: bool = False
    path: str = ""
    elsewhere: str = ""


@dataclass(slots=True)
class Prose:
    links: list[Link] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)


@lru_cache(maxsize=256)
def read(source: str) -> Prose:
    """The links and headings of rich text as it is stored."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.prose


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.prose = Prose()
        self._open: Link | None = None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.prose.levels.append(_HEADINGS[tag])
        if tag != "a":
            return
        told = {name: value or "" for name, value in attrs}
        number, href = told.get("id", ""), told.get("href", "")
        self._open = Link(
            is_page=told.get("linktype") == "page",
            page=int(number) if told.get("linktype") == "page" and number.isdecimal() else None,
            path=href.split("?")[0].split("#")[0] if _is_on_the_site(href) else "",
            elsewhere=href.split("#")[0] if href.lower().startswith(_ELSEWHERE) else "",
        )
        self.prose.links.append(self._open)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None

    @override
    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.words += data


def _is_on_the_site(href: str) -> bool:
    return href.startswith("/") and not href.startswith("//")
