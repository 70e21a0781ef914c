"""The one stream of blocks that workouts and articles share."""

from wagtail import blocks

from cms.core.blocks.figures import ExerciseBlock, FigureBlock
from cms.core.blocks.text import HeadingBlock, ProseBlock, QuoteBlock, TipBlock


class StoryBlock(blocks.StreamBlock):
    """A story: text, pictures and coaching in the editor's order."""

    heading = HeadingBlock()
    text = ProseBlock(
        icon="pilcrow",
        label="Text",
        description="Paragraphs, lists and links",
        template="blocks/rich_text.html",
    )
    image = FigureBlock()
    tip = TipBlock()
    quote = QuoteBlock()
    exercise = ExerciseBlock()
