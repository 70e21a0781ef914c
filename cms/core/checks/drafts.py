"""A page as the checks see it: its story taken apart, and what is asked of the database once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.core.checks.rich import Link, Prose, read
from cms.media.models import Transcode
from fitness.training.models import Video


@dataclass(frozen=True, slots=True)
class Piece:
    """A value somewhere in a story, and the block that an editor finds it in."""

    block: str
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class PlacedFilm:
    """A video's place on a page."""

    video: Video
    field: str
    block: str = ""


class Draft:
    """A page as it stands in a form, a draft or a revision."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @cached_property
    def pieces(self) -> list[Piece]:
        """The blocks of the story, each followed by what lies in it."""
        return [
            Piece(str(child.id or ""), child.block_type, value)
            for child in getattr(self.page, "body", None) or ()
            for value in _within(child.value)
        ]

    @cached_property
    def prose(self) -> list[tuple[str, Prose]]:
        """All running text, with the block that it stands in."""
        return [
            (piece.block, read(piece.value.source))
            for piece in self.pieces
            if isinstance(piece.value, RichText)
        ]

    @cached_property
    def links(self) -> list[tuple[str, Link]]:
        return [(block, link) for block, prose in self.prose for link in prose.links]

    @cached_property
    def live_pages(self) -> dict[int, tuple[str, bool]]:
        """The title of each page that the story links to, and whether it is published: one query.

        A page that is gone is not among them.
        """
        wanted = {link.page for _, link in self.links if link.page}
        wanted |= {action.get("page").pk for _, action in self.actions if action.get("page")}
        rows = Page.objects.filter(pk__in=wanted).values_list("pk", "title", "live")
        return {pk: (title, live) for pk, title, live in rows} if wanted else {}

    @cached_property
    def live_paths(self) -> set[str]:
        """Of the addresses on the site that the story names, those of published pages."""
        paths = {link.path.rstrip("/") for _, link in self.links if link.path}
        if not paths:
            return set()
        ends = Q()
        for path in paths:
            ends |= Q(url_path__endswith=f"{path}/")
        known = Page.objects.live().filter(ends).values_list("url_path", flat=True)
        # The tree's first part is the site's home page, which addresses do not name.
        return {"/" + url_path.strip("/").partition("/")[2] for url_path in known}

    @property
    def actions(self) -> list[tuple[str, StructValue]]:
        return [
            (piece.block, piece.value)
            for piece in self.pieces
            if piece.kind == "call_to_action" and isinstance(piece.value, StructValue)
        ]

    @cached_property
    def addressed(self) -> list[tuple[str, str, str]]:
        """Addresses of other sites in the story: the block, the address, and the words to it."""
        found = [
            (block, link.elsewhere, " ".join(link.words.split()))
            for block, link in self.links
            if link.elsewhere
        ]
        for piece in self.pieces:
            if isinstance(piece.value, StructValue) and piece.value.get("url"):
                words = piece.value.get("label") or piece.value.get("title") or ""
                found.append((piece.block, str(piece.value["url"]).split("#")[0], str(words)))
        return found

    @cached_property
    def films(self) -> list[PlacedFilm]:
        """The videos on the page, wherever they stand."""
        found = [
            PlacedFilm(piece.value, "body", piece.block)
            for piece in self.pieces
            if piece.kind == "video" and piece.value
        ]
        own = getattr(self.page, "video", None)
        if own is not None:
            found.insert(0, PlacedFilm(own, "video"))
        if hasattr(self.page, "videos"):
            places = [place for place in self.page.videos.all() if place.video_id]
            videos = Video.objects.in_bulk([place.video_id for place in places])
            found[:0] = [PlacedFilm(videos[place.video_id], "videos") for place in places]
        return found

    @cached_property
    def silent_or_captioned(self) -> dict[int, bool | None]:
        """Of videos without captions, whether they have sound; ``None`` is not known: one query."""
        if not self.films:
            return {}
        wanted = {film.video.pk for film in self.films}
        rows = Video.objects.filter(pk__in=wanted, captions=None).values_list("pk", flat=True)
        sound = dict(Transcode.objects.filter(pk__in=wanted).values_list("pk", "has_sound"))
        return {pk: sound.get(pk) for pk in rows}


def _within(value: Any) -> Iterator[Any]:
    """A value and everything that lies in it."""
    yield value
    inner: list[Any] = []
    if isinstance(value, StructValue):
        inner = list(value.values())
    elif isinstance(value, (ListValue, StreamValue)):
        inner = [getattr(child, "value", child) for child in value]
    elif isinstance(value, TypedTable):
        inner = [cell.value for row in value.rows for cell in row]
    for part in inner:
        yield from _within(part)
