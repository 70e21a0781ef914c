"""A StreamField that keeps its blocks out of the migrations."""

from typing import Any

from wagtail.fields import StreamField

from cms.core.blocks import StoryBlock


class StoryField(StreamField):
    """A story in blocks. Its column is JSON, so a new block needs no migration."""

    def __init__(self, block_types: Any = StoryBlock, **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
