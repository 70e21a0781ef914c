"""Addresses of private files within a body that goes to an app, which has no session here."""

import datetime as dt
import re
from typing import Any
from urllib.parse import unquote

from cms.media.storage import picture_ends_at, signature_of, signed_address

# Of pictures alone: a text that names another file does not have it signed.
_PICTURE = re.compile(r"/media/private/[^/]+/((?:renditions|undrawn)/[^\"'\s<>]+)")
_DOCUMENT = re.compile(r'(?<=href=")(/documents/(\d+)/[^"?]+)(?=")')


def fresh(body: Any, *, now: dt.datetime) -> Any:
    """The body with addresses that are good from ``now`` on; ask only after a positive decision.

    The catalogue keeps bodies for as long as they are published, and addresses end.
    """
    if isinstance(body, dict):
        return {name: fresh(value, now=now) for name, value in body.items()}
    if isinstance(body, list):
        return [fresh(value, now=now) for value in body]
    if not isinstance(body, str):
        return body
    ends_at = picture_ends_at(now)
    body = _PICTURE.sub(
        lambda found: signed_address(unquote(found[1]), now=now, ends_at=ends_at), body
    )
    return _DOCUMENT.sub(
        lambda found: f"{found[1]}?token={signature_of(document_name(found[2]), ends_at=ends_at)}",
        body,
    )


def document_name(pk: int | str) -> str:
    """What is signed for a document; no file has such a name."""
    return f"document/{pk}"
