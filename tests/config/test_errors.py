"""What a caller sees when something breaks that nobody foresaw."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.broken_urls")]


@pytest.mark.parametrize(("kind", "status"), [("broken", 500), ("odd", 400)])
def test_a_phone_gets_a_problem_document(kind: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(f"/api/{kind}")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("broken", 500), ("odd", 400)])
def test_a_visitor_gets_a_page(kind: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(f"/page/{kind}")

    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (status, "text/html")
    assert "secret" not in answer.content.decode()
