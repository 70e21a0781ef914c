"""Figures in rows and columns."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.core.blocks.text import INLINE, ProseBlock


class NumberBlock(blocks.FloatBlock):
    """A number as somebody would write it: 25, not 25.0."""

    def render_basic(self, value: float | None, context: Any = None) -> str:
        return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


class TableBlock(TypedTableBlock):
    """A table with a caption and a header row; on a phone it is moved sideways."""

    text = blocks.CharBlock(required=False)
    number = NumberBlock(required=False)
    words = ProseBlock(features=INLINE, required=False, label="Text with links")

    class Meta:
        icon = "table"
        label = "Table"
        description = "Rows and columns with a caption"
        template = "blocks/table.html"

    def get_preview_value(self) -> Any:
        return self.to_python(
            {
                "columns": [
                    {"type": "text", "heading": "Week"},
                    {"type": "number", "heading": "Minutes"},
                ],
                "rows": [{"values": ["First", 20]}, {"values": ["Second", 25]}],
                "caption": "How a month grows",
            }
        )
