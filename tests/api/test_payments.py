"""Payments as the apps use them: see, buy, cancel, own."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from commerce.billing.models import Subscription
from commerce.billing.services import apply_purchase, apply_subscription
from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.commerce import goods
from tests.stripe import Shop, shop, stand_in

__all__ = ["shop", "stand_in"]

pytestmark = pytest.mark.django_db
PAYMENTS = "/api/payments"


def test_everyone_sees_what_can_be_bought(
    visitor: ApiClient, django_assert_num_queries: Any
) -> None:
    monthly, single = goods.monthly(), goods.single(key="workout:one")
    goods.offer(is_active=False)
    goods.offer(product=monthly.product, price_minor=9900, interval="year")

    with django_assert_num_queries(2):
        products = visitor.get(f"{PAYMENTS}/products").json()["results"]

    assert [product["slug"] for product in products] == [monthly.product.slug, single.product.slug]
    assert [offer["price_minor"] for offer in products[0]["offers"]] == [1290, 9900]
    assert products[1]["opens"] == ["workout:one"]


def test_a_subscription_from_the_first_tap_to_the_last_day(
    api: ApiClient, member: User, shop: Shop
) -> None:
    offer = goods.monthly()
    shop.start(factories.member(), offer)

    answer = api.post_json(f"{PAYMENTS}/subscriptions", {"offer": offer.uid}, key="tap")
    assert answer.status_code == 201
    session = shop.newest("checkout.session")
    assert session["success_url"].endswith("/checkout/done?session_id={CHECKOUT_SESSION_ID}")

    shop.stripe.pay(answer.json()["session_id"])
    shop.settle()
    (held,) = api.get(f"{PAYMENTS}/subscriptions").json()["results"]
    assert (held["status"], held["price_minor"], held["interval"]) == ("active", 1290, "month")
    (right,) = api.get(f"{PAYMENTS}/entitlements").json()["results"]
    assert (right["key"], right["until"]) == ("premium", held["period_end"])
    assert right["why"] == {"kind": "subscription", "id": held["id"], "title": held["title"]}

    again = api.post_json(f"{PAYMENTS}/subscriptions", {"offer": offer.uid}, key="later")
    assert again.status_code == 409
    assert again.json()["type"] == "urn:fitcore:problem:already-subscribed"
    assert again.json()["subscription"] == held["id"]

    cancelled = api.post_json(f"{PAYMENTS}/subscriptions/{held['id']}/cancel")
    assert cancelled.json()["cancel_at"] == held["period_end"]
    ended = api.post_json(f"{PAYMENTS}/subscriptions/{held['id']}/cancel", {"at_period_end": False})
    assert ended.json()["status"] == "ended"
    assert api.get(f"{PAYMENTS}/entitlements").json()["results"] == []


def test_one_workout_bought_for_good(api: ApiClient, member: User, shop: Shop) -> None:
    offer = goods.single(key="workout:one")
    shop.start(factories.member(), offer)

    start = api.post_json(f"{PAYMENTS}/purchases", {"offer": offer.uid}).json()
    shop.stripe.pay(start["session_id"])
    shop.settle()

    (bought,) = api.get(f"{PAYMENTS}/purchases").json()["results"]
    assert (bought["status"], bought["price_minor"]) == ("paid", 490)
    (right,) = api.get(f"{PAYMENTS}/entitlements").json()["results"]
    assert (right["key"], right["until"], right["why"]["kind"]) == ("workout:one", None, "purchase")


def test_a_phone_that_repeats_itself_opens_one_page(
    api: ApiClient, member: User, shop: Shop
) -> None:
    offer = goods.monthly()
    shop.start(factories.member(), offer)
    body = {"offer": offer.uid}

    answers = [api.post_json(f"{PAYMENTS}/subscriptions", body, key="tap") for _ in range(3)]

    assert len({answer.content for answer in answers}) == 1
    assert len(shop.stripe.store.find("checkout.session")) == 2


def test_a_silent_stripe_is_a_503_that_can_be_repeated(
    api: ApiClient, member: User, shop: Shop
) -> None:
    offer = goods.monthly()
    shop.start(factories.member(), offer)
    shop.stripe.fail_next("POST", "/v1/checkout/sessions", status=500, times=2)
    body = {"offer": offer.uid}

    refused = api.post_json(f"{PAYMENTS}/subscriptions", body, key="tap")
    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert refused.json()["type"] == "urn:fitcore:problem:store-unavailable"

    assert api.post_json(f"{PAYMENTS}/subscriptions", body, key="tap").status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"offer": "one"}, 400),
        ({"offer": None}, 400),
        ({"offer": ["a"]}, 400),
        ([], 400),
        ({"offer": str(uuid.uuid4())}, 404),
    ],
)
def test_a_bad_order_is_refused_with_a_reason(api: ApiClient, body: Any, status: int) -> None:
    for path in ("subscriptions", "purchases"):
        answer = api.post_json(f"{PAYMENTS}/{path}", body)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"


def test_each_kind_is_bought_at_its_own_door(api: ApiClient) -> None:
    plan, single = goods.monthly(), goods.single()

    for path, offer in (("purchases", plan), ("subscriptions", single)):
        assert api.post_json(f"{PAYMENTS}/{path}", {"offer": offer.uid}).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://fitcore.example@evil.example/",
        "https://fitcore.example:pw@fitcore.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "fitcore://done",
        "https://",
        "https://[",
        "/checkout/done",
        "https://fitcore.example.evil.example/",
    ],
)
@pytest.mark.parametrize("field", ["success_url", "cancel_url"])
def test_a_buyer_is_sent_nowhere_but_to_us(
    api: ApiClient, settings: Settings, field: str, url: str
) -> None:
    settings.ALLOWED_HOSTS = ["fitcore.example", "testserver"]
    body = {"offer": goods.monthly().uid, field: url}

    answer = api.post_json(f"{PAYMENTS}/subscriptions", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_our_hosts_and_the_apps_own_scheme_are_ours(
    api: ApiClient, member: User, shop: Shop, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["fitcore.example", "testserver"]
    settings.APP_URL_SCHEME = "fitcore"
    offer = goods.monthly()
    body = {
        "offer": offer.uid,
        "success_url": "https://fitcore.example/done?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "fitcore://plans",
    }

    # Stripe is asked: it has no such price yet, and that is all that is wrong.
    answer = api.post_json(f"{PAYMENTS}/subscriptions", body)

    assert answer.json()["type"] == "urn:fitcore:problem:store-refused"


def test_nobody_sees_or_cancels_what_is_not_theirs(api: ApiClient, member: User) -> None:
    other = factories.member()
    plan, single = goods.monthly().product, goods.single().product
    theirs = apply_subscription(goods.subscription_state(product=plan, user_id=other.pk))
    apply_purchase(goods.purchase_state(product=single, user_id=other.pk))

    for path in ("subscriptions", "purchases", "entitlements"):
        assert api.get(f"{PAYMENTS}/{path}").json()["results"] == []
    assert api.post_json(f"{PAYMENTS}/subscriptions/{theirs.uid}/cancel").status_code == 404
    assert api.post_json(f"{PAYMENTS}/subscriptions/{uuid.uuid4()}/cancel").status_code == 404


def test_what_ended_cannot_be_cancelled(api: ApiClient, member: User) -> None:
    state = goods.subscription_state(
        product=goods.monthly().product, user_id=member.pk, status="ended", ended_at=goods.START
    )
    uid = apply_subscription(state).uid

    answer = api.post_json(f"{PAYMENTS}/subscriptions/{uid}/cancel")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:fitcore:problem:already-ended")


@pytest.mark.parametrize("path", ["subscriptions", "purchases", "entitlements"])
def test_a_visitor_has_nothing_to_see(visitor: ApiClient, path: str) -> None:
    assert visitor.get(f"{PAYMENTS}/{path}").status_code == 401


@pytest.mark.parametrize(
    ("path", "queries"), [("subscriptions", 1), ("purchases", 1), ("entitlements", 3)]
)
def test_lists_cost_the_same_however_long_they_are(
    member: User, path: str, queries: int, django_assert_num_queries: Any
) -> None:
    plan, single = goods.monthly().product, goods.single().product
    for number in range(12):
        apply_subscription(
            goods.subscription_state(
                product=plan, user_id=member.pk, external_id=f"sub_{number}", paid_until=_FUTURE
            )
        )
        apply_purchase(
            goods.purchase_state(product=single, user_id=member.pk, external_id=f"pi_{number}")
        )
    api = ApiClient(user=member)
    signing_in = 1

    with django_assert_num_queries(queries + signing_in):
        page = api.get(f"{PAYMENTS}/{path}?limit=10").json()

    assert len(page["results"]) == 10
    assert api.get(page["next"]).json()["results"]


def test_a_gift_says_that_it_is_one(api: ApiClient, member: User) -> None:
    set_rights(
        user_id=member.pk,
        source="gift:1",
        keys=["premium"],
        starts_at=goods.START,
        ends_at=None,
        now=goods.START,
    )

    (right,) = api.get(f"{PAYMENTS}/entitlements").json()["results"]
    assert right["why"] == {"kind": "gift", "id": None, "title": ""}


def test_the_books_can_be_read_but_not_written_in_the_admin(member: User) -> None:
    admin = User.objects.create_superuser("admin@example.com", factories.PASSWORD)
    apply_subscription(goods.subscription_state(product=goods.monthly().product, user_id=member.pk))
    client = Client()
    client.force_login(admin)
    row = Subscription.objects.get()

    for name in ("subscription", "purchase", "ledgerentry"):
        assert client.get(f"/django-admin/billing/{name}/").status_code == 200
        assert client.get(f"/django-admin/billing/{name}/add/").status_code == 403
    page = client.get(f"/django-admin/billing/subscription/{row.pk}/change/")
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert client.get("/django-admin/djstripe/subscription/").status_code == 200
    assert client.get("/django-admin/djstripe/invoice/").status_code == 404


_FUTURE = goods.START.replace(year=2100)
