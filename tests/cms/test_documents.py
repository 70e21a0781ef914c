"""Documents open for whoever may open a page on which they stand."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from config.devservices.s3 import S3StandIn
from fitness.accounts.models import User
from tests.api.client import ApiClient
from tests.buckets import running_s3, s3
from tests.cms import factories as pages
from tests.cms.private_files import CONTENT, bytes_of, document, indexed, linking

__all__ = ["running_s3", "s3"]
pytestmark = pytest.mark.django_db

MAKERS = [pages.workout_page, pages.article_page, pages.programme_page, pages.tutorial_page]


@pytest.mark.parametrize("make", MAKERS)
def test_a_locked_document_leads_to_its_page(client: Client, make: Callable[..., Any]) -> None:
    plan = document()
    page = indexed(make(access="premium", body=linking(plan)))

    answer = client.get(plan.url)

    assert (answer.status_code, answer["Location"]) == (302, page.url)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("make", MAKERS)
def test_who_may_open_the_page_may_open_the_document(
    signed_in: Client, member: User, make: Callable[..., Any]
) -> None:
    plan = document()
    page = indexed(make(access="purchase", body=linking(plan)))
    pages.give(member, page.entitlement_key)

    html, answer = signed_in.get(page.url).content.decode(), signed_in.get(plan.url)

    assert f'href="{plan.url}"' in html
    assert (answer.status_code, bytes_of(answer)) == (200, CONTENT)
    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_document_of_an_open_page_is_for_everyone(client: Client) -> None:
    plan = document()
    pages.article_page(access="premium", body=linking(plan))
    indexed(pages.landing_page(body=linking(plan)))

    assert bytes_of(client.get(plan.url)) == CONTENT


def test_a_document_that_stands_nowhere_is_for_editors_alone(
    client: Client, signed_in: Client, editor: User
) -> None:
    plan, desk = document(), Client()
    desk.force_login(editor)

    assert signed_in.get(plan.url).status_code == 404
    assert bytes_of(desk.get(plan.url)) == CONTENT


def test_a_draft_opens_none_of_its_documents(client: Client) -> None:
    plan: Any = document()
    page: Any = pages.article_page(access="free")
    page.body = linking(plan)
    indexed(page.save_revision())
    indexed(pages.draft_workout(access="free", body=linking(plan)))

    assert client.get(plan.url).status_code == 404


def test_a_document_that_was_taken_out_is_closed_at_once(client: Client) -> None:
    plan = document()
    page: Any = indexed(pages.article_page(access="free", body=linking(plan)))
    assert client.get(plan.url).status_code == 200

    page.body = pages.story("Without it.")
    pages.publish(page)

    assert client.get(plan.url).status_code == 404


def test_a_document_is_asked_for_by_its_name(client: Client) -> None:
    plan = document()
    indexed(pages.article_page(access="free", body=linking(plan)))

    assert client.get(plan.url.replace("plan", "plans")).status_code == 404
    assert client.post(plan.url).status_code == 405


def test_no_document_lies_in_the_public_folder(client: Client) -> None:
    plan = document()
    indexed(pages.article_page(access="free", body=linking(plan)))

    assert client.get(f"/media/{plan.file.name}").status_code == 404


@pytest.mark.parametrize(("make", "path"), [
    (pages.workout_page, "/api/workouts/"), (pages.article_page, "/api/content/articles/"),
])  # fmt: skip
def test_an_app_gets_an_address_that_opens_the_document(
    api: ApiClient, client: Client, member: User, make: Callable[..., Any], path: str
) -> None:
    plan, other = document(), document(name="other.pdf")
    page = indexed(make(access="premium", body=linking(plan)))
    pages.give(member, "premium")

    text = api.get(f"{path}{page.translation_key}").json()["body"][0]["value"]
    address = text.partition('href="')[2].partition('"')[0]

    assert bytes_of(client.get(address)) == CONTENT
    assert client.get(address[:-1] + "x").status_code == 302
    assert client.get(address.replace(plan.url, other.url)).status_code == 404


def test_nginx_sends_the_document_where_it_is_told_to(client: Client, settings: Settings) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    plan = document()
    indexed(pages.article_page(access="free", body=linking(plan)))

    answer = client.get(plan.url)

    assert answer["X-Accel-Redirect"] == f"/protected/{plan.file.name}"
    assert answer["Content-Security-Policy"] == "default-src 'none'"


def test_in_a_bucket_the_document_is_fetched_at_a_signed_address(
    s3: S3StandIn, client: Client
) -> None:
    plan = document()
    indexed(pages.article_page(access="free", body=linking(plan)))

    address = client.get(plan.url)["Location"]

    assert requests.get(address, timeout=5).content == CONTENT
    assert requests.get(address.partition("?")[0], timeout=5).status_code == 403
