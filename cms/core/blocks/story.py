"""The one stream of blocks that all stories share."""

from wagtail import blocks

from cms.core.blocks.acting import (
    CallToActionBlock,
    EmbedBlock,
    FaqBlock,
    StepBlock,
    VideoBlock,
)
from cms.core.blocks.figures import ExerciseBlock, FigureBlock
from cms.core.blocks.tables import TableBlock
from cms.core.blocks.text import HeadingBlock, ProseBlock, QuoteBlock, TipBlock


class StoryBlock(blocks.StreamBlock):
    """A story: text, pictures and coaching in the editor's order."""

    heading = HeadingBlock()
    text = ProseBlock(
        icon="pilcrow",
        label="Text",
        description="Paragraphs, lists and links",
        template="blocks/rich_text.html",
        preview_value="<p>Put the weight down and ask: how many more could I have done?</p>",
    )
    image = FigureBlock()
    video = VideoBlock()
    exercise = ExerciseBlock()
    step = StepBlock()
    tip = TipBlock()
    quote = QuoteBlock()
    table = TableBlock()
    faq = FaqBlock()
    call_to_action = CallToActionBlock()
    embed = EmbedBlock()
