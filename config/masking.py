"""What opens something stands in no line of the log: whoever reads it is not who may have it."""

import re
from collections.abc import MutableMapping
from typing import Any

# The part after these is a token: of a file, a letter, a staff link or an upload. Short words
# there are pages of ours, such as /password-reset/sent.
_BEHIND = (
    "media/private",
    "verify-email",
    "password-reset",
    "password_reset/confirm/[^/?]+",
    "settings/two-factor/staff",
    "account/undo",
    "uploads",
)
_IN_PATHS = re.compile(rf"(/(?:{'|'.join(_BEHIND)})/)[^/?\s]{{8,}}")
_IN_QUERIES = re.compile(r"([?&](?:token|key|code|state|id_token|signature)=)[^&\s]+")


def masked(text: str) -> str:
    """The text with ``-`` for each token in an address."""
    return _IN_QUERIES.sub(r"\1-", _IN_PATHS.sub(r"\1-", text))


def mask_tokens(logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
    """For every line, whoever wrote it: the request log, Django, a library, a traceback."""
    for name, value in event.items():
        if isinstance(value, str) and "/" in value:
            event[name] = masked(value)
    return event
