"""Stories that come as JSON and not from the editor: checked by the blocks' own rules."""

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import features as rich_text_features

type Fault = tuple[str, str]


class StoryRefusedError(ValueError):
    """The story cannot be taken; ``faults`` say where (``/0/value/text``) and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("The story is not right.")
        self.faults = faults


def story_from(stream: blocks.StreamBlock, told: list[Any]) -> Any:
    """A story as the editor would have kept it. Raises ``StoryRefusedError``.

    Rich text loses what the editor's toolbar could not have put into it.
    """
    _check_kinds(stream, told)
    try:
        value = stream.to_python(_bare(stream, told))
        return stream.clean(value)
    except ValidationError as error:
        raise StoryRefusedError(list(_faults(error, ""))) from error
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise StoryRefusedError([("", "The value of a block has another shape.")]) from error


def _check_kinds(stream: blocks.StreamBlock, told: list[Any]) -> None:
    faults = []
    for index, block in enumerate(told):
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in stream.child_blocks:
            known = ", ".join(stream.child_blocks)
            faults.append((f"/{index}/type", f"Use one of {known}."))
        elif "value" not in block:
            faults.append((f"/{index}/value", "A block has a value."))
    if faults:
        raise StoryRefusedError(faults)


def _bare(block: Any, value: Any) -> Any:
    """The value with its rich text as the editor would write it, whatever block it stands in."""
    match block:
        case blocks.RichTextBlock():
            return _bare_text(block, value)
        case blocks.StreamBlock():
            children = block.child_blocks
            return [{**one, "value": _bare(children[one["type"]], one["value"])} for one in value]
        case blocks.StructBlock():
            children = block.child_blocks
            return {name: _bare(children[name], value[name]) for name in children if name in value}
        case blocks.ListBlock():
            return [_bare_item(block.child_block, one) for one in value]
        case TypedTableBlock():
            columns = [block.child_blocks[column["type"]] for column in value["columns"]]
            rows = [
                {
                    **row,
                    "values": [_bare(*cell) for cell in zip(columns, row["values"], strict=True)],
                }
                for row in value["rows"]
            ]
            return {**value, "rows": rows}
    return value


def _bare_item(child: Any, one: Any) -> Any:
    if isinstance(one, dict) and one.get("type") == "item":
        return {**one, "value": _bare(child, one["value"])}
    return _bare(child, one)


def _bare_text(block: Any, html: Any) -> str:
    if not isinstance(html, str):
        raise TypeError("Rich text is a string of HTML.")
    soup = BeautifulSoup(html, "html.parser")  # the editor's own reader wants every tag closed
    for unheard in soup(["script", "style"]):
        unheard.decompose()
    features = block.features or rich_text_features.get_default_features()
    converter = ContentstateConverter(features=features)
    kept: str = converter.to_database_format(converter.from_database_format(str(soup)))
    return kept


def _faults(error: Any, pointer: str) -> Iterator[Fault]:
    """One entry a message, each with the pointer to its block or field."""
    inner = getattr(error, "block_errors", None)
    if inner:
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for name, fault in pairs:
            step = f"/{name}/value" if isinstance(name, int) else f"/{name}"
            for one in fault if isinstance(fault, list) else [fault]:
                if one is not None:
                    yield from _faults(one, pointer + step)
        for one in getattr(error, "non_block_errors", None) or []:
            yield from _faults(one, pointer)
        return
    for message in error.messages:
        yield pointer, str(message)
