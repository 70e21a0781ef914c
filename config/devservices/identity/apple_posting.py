"""``response_mode=form_post``: Apple's page posts the answer to ours by itself."""

import json
from html import escape
from typing import Any

from config.devservices.identity.answers import Answer, page


def posted_back(
    address: str, fields: dict[str, Any], *, user: dict[str, Any] | None = None
) -> Answer:
    if user is not None:
        fields = {**fields, "user": json.dumps(user)}
    inputs = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(str(value))}">'
        for name, value in fields.items()
    )
    return page("posting", "Signing in", action=address, inputs_html=inputs)
