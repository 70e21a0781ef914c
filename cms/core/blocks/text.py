"""Blocks of words."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.rich_text import expand_db_html

INLINE = ["bold", "italic", "link"]
_PROSE = [*INLINE, "document-link", "ol", "ul"]


class ProseBlock(blocks.RichTextBlock):
    """Running text. The apps get it as HTML whose links lead somewhere."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or _PROSE, **kwargs)

    def get_api_representation(self, value: Any, context: Any = None) -> str:
        html: str = expand_db_html(value.source)
        return html


class HeadingBlock(blocks.StructBlock):
    """A heading within a story, for a part or a part of a part."""

    text = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock(choices=[("h2", "Part"), ("h3", "Part of a part")], default="h2")

    class Meta:
        icon = "title"
        label = "Heading"
        label_format = "{text}"
        description = "Starts a part of the story"
        template = "blocks/heading.html"
        preview_value: ClassVar[dict[str, str]] = {"text": "Before you begin", "level": "h2"}


class TipBlock(blocks.StructBlock):
    """A short piece of coaching set apart from the text."""

    heading = blocks.CharBlock(max_length=80)
    text = ProseBlock(features=INLINE)

    class Meta:
        icon = "help"
        label = "Tip"
        label_format = "{heading}"
        description = "Coaching advice in a box"
        template = "blocks/tip.html"
        preview_value: ClassVar[dict[str, str]] = {
            "heading": "Breathe",
            "text": "<p>Out on the way up.</p>",
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(max_length=400)
    source = blocks.CharBlock(max_length=120, required=False, help_text="Who said or wrote it.")

    class Meta:
        icon = "openquote"
        label = "Quote"
        label_format = "{text}"
        description = "Somebody's words, set large"
        template = "blocks/quote.html"
        preview_value: ClassVar[dict[str, str]] = {
            "text": "Nobody was ever too patient.",
            "source": "A coach",
        }
