"""Data for search engines in the head of a page."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# A word of an editor must not end the element or begin a comment in it.
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(*things: Any) -> SafeString:
    """The things that are known, as one block of JSON-LD; nothing where nothing is.

    It is data: browsers do not run it, so the content policy has nothing to say about it.
    """
    graph = [
        thing
        for given in things
        for thing in (given if isinstance(given, list) else [given])
        if thing
    ]
    if not graph:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, cls=DjangoJSONEncoder)
    safe = text.translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308
