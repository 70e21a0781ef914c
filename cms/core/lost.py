"""Parts of a draft that the site does not know any more."""

import json
from typing import Any

from cms.core.blocks import StoryBlock

_UNREADABLE = ["story that cannot be read"]


def unknown_parts(content: dict[str, Any]) -> list[str]:
    """The kinds of blocks in a revision's story that there is no code for, each once.

    Wagtail leaves them out without a word, and the next version is saved without them.
    """
    try:
        blocks = json.loads(content.get("body") or "[]")
    except ValueError:
        return _UNREADABLE
    if not isinstance(blocks, list):
        return _UNREADABLE
    kinds = {str(block.get("type")) for block in blocks if isinstance(block, dict)}
    return sorted(kinds - set(StoryBlock().child_blocks))
