"""What stories are made of."""

from cms.core.blocks.story import StoryBlock

__all__ = ["StoryBlock"]
