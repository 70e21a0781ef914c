"""Bodies as plain text, and the blocks of a story that they become.

Parts are separated by a blank line. ``## `` begins a heading and ``### `` one below it, ``! Tip:
text`` a tip, ``> words | who said them`` a quote, ``@ slug`` shows an exercise, ``% slug`` a video.
``# heading: text`` is a step, ``? question | answer`` a question (those that follow each other
stand together), ``-> label | address of a page | heading`` a call to go there. Lines that begin
with ``- `` or ``1. `` are lists, anything else is a paragraph; ``**bold**`` and ``*italic*`` work.
"""

import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

Block = tuple[str, Any]


def blocks(body: str) -> list[Block]:
    """Kind and value of each block, as StreamField keeps them; an exercise is told by its slug."""
    found: list[Block] = []
    parts = [_block(part.strip()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]
    for kind, group in groupby(parts, key=lambda block: block[0]):
        values = [value for _, value in group]
        if kind == "text":
            found.append((kind, "".join(values)))
        elif kind == "faq":
            asked = [item for value in values for item in value]
            found.append((kind, {"heading": "Questions", "questions": asked}))
        else:
            found += [(kind, value) for value in values]
    return found


def _block(part: str) -> Block:
    mark, _, rest = part.partition(" ")
    if make := _MARKS.get(mark):
        return make(rest.strip())
    return "text", _prose(part)


def _heading(level: str) -> Callable[[str], Block]:
    return lambda text: ("heading", {"text": text, "level": level})


def _tip(text: str) -> Block:
    heading, _, advice = text.partition(": ")
    return "tip", {"heading": heading, "text": f"<p>{_inline(advice)}</p>"}


def _quote(text: str) -> Block:
    words, _, source = text.partition(" | ")
    return "quote", {"text": words, "source": source}


def _exercise(slug: str) -> Block:
    return "exercise", slug


def _video(slug: str) -> Block:
    return "video", slug


def _step(text: str) -> Block:
    heading, _, words = text.partition(": ")
    return "step", {"heading": heading, "text": f"<p>{_inline(words)}</p>"}


def _question(text: str) -> Block:
    question, _, answer = text.partition(" | ")
    return "faq", [{"question": question, "answer": f"<p>{_inline(answer)}</p>"}]


def _call(text: str) -> Block:
    label, page, heading = text.split(" | ")
    return "call_to_action", {"heading": heading, "label": label, "page": page}


_MARKS: dict[str, Callable[[str], Block]] = {
    "##": _heading("h2"),
    "###": _heading("h3"),
    "!": _tip,
    ">": _quote,
    "@": _exercise,
    "%": _video,
    "#": _step,
    "?": _question,
    "->": _call,
}
_ITEM = re.compile(r"(?:- |(\d+)\. )")


def _prose(part: str) -> str:
    return "".join(_runs(part.splitlines()))


def _runs(lines: list[str]) -> Iterator[str]:
    for tag, run in groupby(lines, key=_tag):
        if tag == "p":
            yield f"<p>{_inline(' '.join(run))}</p>"
        else:
            items = "".join(f"<li>{_inline(_ITEM.sub('', line, count=1))}</li>" for line in run)
            yield f"<{tag}>{items}</{tag}>"


def _tag(line: str) -> str:
    item = _ITEM.match(line)
    if item is None:
        return "p"
    return "ol" if item[1] else "ul"


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", bold)
