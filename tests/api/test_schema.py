"""The document that describes the API cannot describe two things by one name."""

from typing import Any

import msgspec
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView


def answering(kind: Any) -> Any:
    """A view that says it answers with this struct."""

    class Answers(APIView):
        @extend_schema(responses={200: kind})
        def get(self, request: Request) -> None: ...

    return Answers.as_view()


def document(*kinds: Any) -> Any:
    views = [path(f"api/{number}", answering(kind)) for number, kind in enumerate(kinds)]
    return SchemaGenerator(patterns=views).get_schema(request=None, public=True)


def test_two_structs_of_one_name_are_refused() -> None:
    first = msgspec.defstruct("SessionOut", [("minutes", int)])
    second = msgspec.defstruct("SessionOut", [("started_at", str)])

    with pytest.raises(ImproperlyConfigured, match="SessionOut"):
        document(first, second)


def test_a_struct_within_another_is_no_exception() -> None:
    inner = msgspec.defstruct("SessionOut", [("minutes", int)])
    outer = msgspec.defstruct("WeekOut", [("sessions", list[inner])])  # type: ignore[valid-type]
    namesake = msgspec.defstruct("SessionOut", [("started_at", str)])

    with pytest.raises(ImproperlyConfigured, match="SessionOut"):
        document(outer, namesake)


def test_a_struct_may_be_answered_by_many() -> None:
    shared = msgspec.defstruct("SessionOut", [("minutes", int)])
    outer = msgspec.defstruct("WeekOut", [("sessions", list[shared])])  # type: ignore[valid-type]

    described = document(shared, shared, outer)

    assert {"SessionOut", "WeekOut"} <= set(described["components"]["schemas"])
