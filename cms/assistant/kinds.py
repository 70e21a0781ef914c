"""What the assistant can draft: what it is told, the shape of its answer, and where that goes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from pydantic import BaseModel

from cms.assistant.models import Kind


class Words(BaseModel):
    """A short text."""

    text: str


class Step(BaseModel):
    """A step: what it is called, and what to do in one or two sentences."""

    heading: str
    text: str


class Part(BaseModel):
    """A part of a tutorial and its steps."""

    heading: str
    steps: list[Step]


class Outline(BaseModel):
    """A tutorial in parts."""

    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that the assistant drafts."""

    shape: type[BaseModel]
    instructions: str
    tidy: Callable[[Any], Any]


_HOUSE = "You help the editors of a fitness magazine. Write plainly and warmly, without promises. "
_MOST_PARTS, _MOST_STEPS, _HEADING = 6, 12, 120


def plain(text: str, *, most: int) -> str:
    """Words alone, cut at a word when there are too many."""
    words = " ".join(strip_tags(text).split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _words(most: int) -> Callable[[Words], str]:
    return lambda said: plain(said.text, most=most)


def _parts(said: Outline) -> list[dict[str, Any]]:
    """The blocks of a story: a heading for each part, and its steps."""
    blocks: list[dict[str, Any]] = []
    for part in said.parts[:_MOST_PARTS]:
        heading = {"text": plain(part.heading, most=_HEADING), "level": "h2"}
        blocks.append({"type": "heading", "value": heading})
        for step in part.steps[:_MOST_STEPS]:
            words = {
                "heading": plain(step.heading, most=_HEADING),
                "text": plain(step.text, most=800),
            }
            blocks.append({"type": "step", "value": words})
    return blocks


TASKS: dict[str, Task] = {
    Kind.TEASER: Task(
        Words,
        _HOUSE + "Write a teaser of two sentences, at most 300 characters, for readers who may not"
        " open the page: say what they would get, and give nothing of it away.",
        _words(600),
    ),
    Kind.DESCRIPTION: Task(
        Words,
        _HOUSE + "Write the description of the page for search engines: one sentence of at most"
        " 155 characters.",
        _words(160),
    ),
    Kind.ALT_TEXT: Task(
        Words,
        _HOUSE + "Say in one short sentence what the picture shows, for somebody who does not see"
        " it. Do not begin with “Picture of”.",
        _words(255),
    ),
    Kind.TUTORIAL: Task(
        Outline,
        _HOUSE + "Draft a tutorial about what the material names: two to four parts, each with two"
        " to five steps that can be done one after the other.",
        _parts,
    ),
}
