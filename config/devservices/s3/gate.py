"""Who comes in: whoever signed the request, in time, for exactly what is asked."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from config.devservices.s3 import cors, policies, signatures
from config.devservices.s3.refusals import RefusedError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Gate:
    """Answers what Amazon would refuse, and hands the rest on."""

    def __init__(self, behind: "WSGIApplication", *, keys: Mapping[str, str]) -> None:
        self._behind = behind
        self._keys = keys
        self._cors: dict[str, list[cors.Rule]] = {}
        self.calls: Counter[str] = Counter()
        # Tests move it to look at addresses that have ended.
        self.clock: Callable[[], dt.datetime] = _now
        # How many of the next uploads of a part end in a broken connection's 500.
        self.failing_parts = 0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        asked = Request({**environ, "wsgi.input": io.BytesIO(body)})
        self.calls[asked.method] += 1
        bucket = asked.path.strip("/").partition("/")[0]
        rules = self._cors.get(bucket, [])
        if asked.method == "OPTIONS":
            return cors.preflight(asked, rules)(environ, start_response)
        start = _telling(start_response, cors.headers_for(asked, rules))
        try:
            self._check(asked, body)
        except RefusedError as refusal:
            return _answer(refusal)(environ, start)
        if asked.method == "PUT" and "cors" in asked.args:
            self._cors[bucket] = cors.rules_in(body)
        environ["wsgi.input"] = io.BytesIO(body)
        return self._behind(environ, start)

    def _check(self, asked: Request, body: bytes) -> None:
        now = self.clock()
        if "X-Amz-Signature" in asked.args:
            signatures.check_address(asked, keys=self._keys, now=now)
        elif "Authorization" in asked.headers:
            signatures.check_headers(asked, body, keys=self._keys, now=now)
        elif asked.method == "POST" and asked.mimetype == "multipart/form-data":
            policies.check_form(asked, keys=self._keys, now=now)
        else:
            raise RefusedError("AccessDenied")
        if asked.method == "PUT" and "partNumber" in asked.args and self.failing_parts:
            self.failing_parts -= 1
            raise RefusedError("InternalError", status=500)


def _answer(refusal: RefusedError) -> Response:
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{refusal.code}</Code></Error>',
        status=refusal.status,
        content_type="application/xml",
    )


def _telling(start_response: "StartResponse", told: Mapping[str, str]) -> "StartResponse":
    """Begins the answer with what the bucket's rules say, in place of moto's leave for all."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept = [pair for pair in headers if not pair[0].lower().startswith("access-control-")]
        return start_response(status, [*kept, *told.items()], *rest)

    return start


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 - the edge of a program of its own
