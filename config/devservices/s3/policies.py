"""Uploads by a form of a browser: the policy says what may be sent, and is signed."""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Request

from config.devservices.s3.refusals import RefusedError
from config.devservices.s3.signatures import is_signed, signing_key


def check_form(asked: Request, *, keys: Mapping[str, str], now: dt.datetime) -> None:
    """The form's policy is ours, has not ended, and every condition in it holds."""
    fields = {name.lower(): value for name, value in asked.form.items()}
    if not {"policy", "x-amz-credential", "x-amz-signature"} <= fields.keys():
        raise RefusedError("AccessDenied")
    key = signing_key(fields["x-amz-credential"], keys)
    if not is_signed(text=fields["policy"], signature=fields["x-amz-signature"], key=key):
        raise RefusedError("SignatureDoesNotMatch")
    policy = json.loads(base64.b64decode(fields["policy"]))
    if now > dt.datetime.fromisoformat(policy["expiration"]):
        raise RefusedError("AccessDenied")
    fields["bucket"] = asked.path.strip("/").partition("/")[0]
    size = len(asked.files["file"].read()) if "file" in asked.files else 0
    for condition in policy["conditions"]:
        _check(condition, fields, size)


def _check(condition: Any, fields: Mapping[str, str], size: int) -> None:
    if isinstance(condition, dict):
        condition = next(["eq", f"${name}", value] for name, value in condition.items())
    verb, field, wanted = condition
    if verb == "content-length-range":
        _check_size(size, least=int(field), most=int(wanted))
        return
    found = fields.get(field[1:].lower(), "")
    holds = found.startswith(wanted) if verb == "starts-with" else found == wanted
    if not holds:
        raise RefusedError("AccessDenied")


def _check_size(size: int, *, least: int, most: int) -> None:
    if size > most:
        raise RefusedError("EntityTooLarge", status=400)
    if size < least:
        raise RefusedError("EntityTooSmall", status=400)
