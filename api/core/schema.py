"""How views describe themselves: every refusal a problem document, every struct a component."""

from http import HTTPStatus
from typing import Any, get_origin

import msgspec
from django.core.exceptions import ImproperlyConfigured
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse

from api.core.errors import CONTENT_TYPE
from api.core.pagination import MAX_LIMIT, PAGE_SIZE, Page

_REFS = "#/components/schemas/{name}"
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Made by the client; the same key and body do the thing once.",
)
_PAGE_PARAMETERS = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": PAGE_SIZE},
        description="How many results a page has.",
    ),
    OpenApiParameter(
        "cursor", OpenApiTypes.STR, description="Where the page begins: from `next` or `previous`."
    ),
]


class FieldProblem(msgspec.Struct, frozen=True):
    """What is wrong with one field; ``pointer`` is the JSON pointer to it."""

    pointer: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True):
    """An RFC 9457 problem document. Branch on ``type``."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET
    offers: list[Any] | msgspec.UnsetType = msgspec.UNSET


class MemberTokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.core.authentication.MemberAuthentication"
    name = "memberToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ProblemSchema(AutoSchema):
    """Documents structs as components, and the refusals that any request can meet."""

    def get_override_parameters(self) -> list[Any]:
        if self._is_page:
            return _PAGE_PARAMETERS
        return [_IDEMPOTENCY_KEY] if self._is_idempotent else []

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._refusals():
            refusal = self._get_response_for_code(_problem(code), str(code), [CONTENT_TYPE])
            bodies.setdefault(str(code), refusal)
        return dict(sorted(bodies.items()))

    def _get_response_for_code(
        self,
        serializer: Any,
        status_code: str,
        media_types: list[str] | None = None,
        direction: Direction = "response",
    ) -> dict[str, Any]:
        described = isinstance(serializer, OpenApiResponse)
        struct = serializer.response if described else serializer
        if not _is_struct(struct):
            answer: dict[str, Any] = super()._get_response_for_code(  # type: ignore[no-untyped-call]
                serializer, status_code, media_types, direction
            )
            return answer
        schema = self._component(struct)
        return {
            "content": {name: {"schema": schema} for name in media_types or ["application/json"]},
            "description": serializer.description if described else "",
        }

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self._is_page or bool(super()._is_list_view(serializer))

    @property
    def _is_page(self) -> bool:
        answers: Any = self.get_response_serializers()
        kind = get_origin(answers.get(200)) if isinstance(answers, dict) else None
        return isinstance(kind, type) and issubclass(kind, Page)

    def _component(self, struct: Any) -> dict[str, Any]:
        """A reference to the struct among the components, where it and its parts are added."""
        (reference,), components = msgspec.json.schema_components([struct], ref_template=_REFS)
        for name, schema in components.items():
            for field in schema.get("properties", {}).values():
                if "enum" in field:  # msgspec leaves out what the generator counts on
                    field.setdefault("type", "string")
            component = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, name)
            # Left alone, the second would be described as the first.
            if component in self.registry and self.registry[component].schema != schema:
                raise ImproperlyConfigured(f"There are two components named {name}: rename one.")
            self.registry.register_on_missing(component)
        return dict(reference)

    def _refusals(self) -> set[int]:
        codes = {406}
        if self.view.authentication_classes:
            codes.add(401)
        if self.method in {"POST", "PUT", "PATCH"}:
            codes |= {400, 413, 415}
        elif self.method == "GET":
            codes.add(400)
        if "{" in self.path:
            codes.add(404)
        if self._is_idempotent:
            codes |= {409, 422}
        return codes

    @property
    def _is_idempotent(self) -> bool:
        handler = getattr(self.view, self.method.lower(), None)
        return getattr(handler, "is_idempotent", False)


def own_operations(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Leave out what is no part of the apps' API, such as the Wagtail admin's own."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/")]


def problems(*codes: int) -> dict[Any, OpenApiResponse]:
    """The further refusals of one operation, for ``@extend_schema(responses=...)``."""
    return {(code, CONTENT_TYPE): _problem(code) for code in codes}


def _problem(code: int) -> OpenApiResponse:
    return OpenApiResponse(Problem, description=f"Refused: {HTTPStatus(code).phrase.lower()}")


def _is_struct(described: Any) -> bool:
    """Whether it is a struct, or a generic one of a kind such as ``Page[WorkoutOut]``."""
    kind: Any = get_origin(described) or described
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
