"""The shop window, and making it real at the store."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from commerce.catalog.models import Offer
from commerce.catalog.selectors import offers_opening, plans
from commerce.gateways.stripe.receivers import EVENTS
from tests.commerce import goods
from tests.stripe import Shop

pytestmark = pytest.mark.django_db


def test_plans_are_the_subscriptions_on_sale_the_cheapest_first(
    django_assert_num_queries: Any,
) -> None:
    yearly, monthly = goods.yearly(), goods.monthly()
    goods.single()
    goods.offer(is_active=False)
    goods.offer(product=goods.product(is_active=False))

    with django_assert_num_queries(1):
        cards = plans()

    assert [card.uid for card in cards] == [monthly.uid, yearly.uid]


def test_what_opens_a_thing_is_the_thing_alone_or_a_plan(django_assert_num_queries: Any) -> None:
    single, monthly = goods.single(key="workout:one"), goods.monthly()
    goods.single(key="workout:other")

    with django_assert_num_queries(1):
        cards = offers_opening(keys={"premium", "workout:one"})

    assert [card.uid for card in cards] == [single.uid, monthly.uid]
    assert offers_opening(keys=[]) == []


def test_a_new_price_takes_the_place_of_the_old(shop: Shop) -> None:
    offer = goods.monthly()
    call_command("sync_catalog", stdout=StringIO())
    offer.refresh_from_db()
    old = offer.external_id

    Offer.objects.update(price_minor=1490)
    said = StringIO()
    call_command("sync_catalog", stdout=said)

    offer.refresh_from_db()
    assert said.getvalue() == "1 prices changed.\n"
    assert offer.external_id != old
    assert shop.newest("price")["unit_amount"] == 1490


def test_connecting_the_webhook_tells_its_secret_once(shop: Shop) -> None:
    said = StringIO()

    call_command("connect_webhook", "https://testserver/api/payments/webhooks/stripe", stdout=said)

    assert said.getvalue().startswith("STRIPE_WEBHOOK_SECRET=whsec_")
    endpoint = shop.newest("webhook_endpoint")
    assert endpoint["enabled_events"] == EVENTS
    assert endpoint["api_version"] == "2026-08-26.dahlia"
