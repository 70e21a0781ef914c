"""Buying: what is refused, what is kept before the store is asked, what a repeat does."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from commerce.billing.models import Status
from commerce.billing.services import apply_purchase, apply_subscription
from commerce.checkout import services
from commerce.checkout.models import OperationState, OutboundOperation
from commerce.gateways.base import StoreDownError, StoreRefusedError
from fitness.accounts.models import User
from fitness.core.errors import MissingError
from tests import factories
from tests.commerce import goods
from tests.stripe import Shop

pytestmark = pytest.mark.django_db


def test_the_same_key_gives_the_same_page(shop: Shop, member: User) -> None:
    monthly = goods.monthly()

    starts = [shop.start(member, monthly, key="tap") for _ in range(3)]

    assert len(set(starts)) == 1
    assert starts[0].url.startswith("http")
    assert OutboundOperation.objects.get().state == OperationState.DONE
    assert len(shop.stripe.store.find("checkout.session")) == 1


def test_a_key_is_the_members_own(shop: Shop, member: User) -> None:
    monthly = goods.monthly()

    mine = shop.start(member, monthly, key="tap")
    theirs = shop.start(factories.member(), monthly, key="tap")

    assert mine.session_id != theirs.session_id


def test_a_key_used_for_something_else_is_refused(shop: Shop, member: User) -> None:
    shop.start(member, goods.monthly(), key="tap")

    with pytest.raises(services.KeyReusedError):
        shop.start(member, goods.yearly(), key="tap")


def test_a_key_of_yesterday_is_too_old_for_the_stores_page(shop: Shop, member: User) -> None:
    shop.start(member, goods.monthly(), key="tap")
    OutboundOperation.objects.update(created_at=timezone.now() - dt.timedelta(hours=24))

    with pytest.raises(services.CheckoutExpiredError):
        services.start_checkout(**_again(member))


@pytest.mark.parametrize("after", [False, True])
def test_what_stripe_did_not_answer_goes_on_where_it_stopped(
    shop: Shop, member: User, *, after: bool
) -> None:
    monthly = goods.monthly()
    shop.start(member, monthly, key="first")
    shop.stripe.fail_next("POST", "/v1/checkout/sessions", status=500, after=after, times=2)

    with pytest.raises(StoreDownError):
        shop.start(member, monthly, key="tap")

    kept = OutboundOperation.objects.get(state=OperationState.STARTED)
    assert shop.start(member, monthly, key="tap").session_id
    kept.refresh_from_db()
    assert kept.state == OperationState.DONE
    assert len(shop.stripe.store.find("checkout.session")) == 2


def test_a_stripe_that_is_not_there_is_an_answer_and_no_crash(
    shop: Shop, member: User, settings: Any
) -> None:
    monthly = goods.monthly()
    shop.start(member, monthly)
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"

    with pytest.raises(StoreDownError):
        shop.start(member, monthly, key="tap")


def test_without_a_key_for_stripe_nothing_can_be_bought(
    shop: Shop, member: User, settings: Any
) -> None:
    monthly = goods.monthly()
    shop.start(member, monthly)
    settings.STRIPE_TEST_SECRET_KEY = ""

    with pytest.raises(StoreDownError, match="not set up"):
        shop.start(member, monthly)


def test_an_offer_that_stripe_does_not_have_yet_is_refused(shop: Shop, member: User) -> None:
    offer = goods.monthly()

    with pytest.raises(StoreRefusedError, match="not on sale yet"):
        services.start_checkout(**_again(member, offer_uid=offer.uid))
    assert OutboundOperation.objects.get().state == OperationState.REFUSED


def test_what_is_not_on_sale_does_not_exist(shop: Shop, member: User) -> None:
    gone = goods.offer(is_active=False)
    of_gone = goods.offer(product=goods.product(is_active=False))

    for uid in (gone.uid, of_gone.uid, uuid.uuid4()):
        with pytest.raises(services.NotOnSaleError):
            services.start_checkout(**_again(member, offer_uid=uid))


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.TRIALING, Status.GRACE, Status.RETRY])
def test_a_second_subscription_of_the_group_is_refused(
    shop: Shop, member: User, status: Status
) -> None:
    running = apply_subscription(
        goods.subscription_state(product=goods.monthly().product, user_id=member.pk, status=status)
    )

    with pytest.raises(services.AlreadySubscribedError) as refusal:
        shop.start(member, goods.yearly())
    assert refusal.value.code == "already_subscribed"
    assert refusal.value.extra == {"subscription": str(running.uid), "store": "stripe"}


@pytest.mark.parametrize("status", [Status.PENDING, Status.ENDED])
def test_what_ended_does_not_stand_in_the_way(shop: Shop, member: User, status: Status) -> None:
    apply_subscription(
        goods.subscription_state(product=goods.monthly().product, user_id=member.pk, status=status)
    )

    assert shop.start(member, goods.yearly()).url


def test_one_workout_can_be_bought_beside_a_plan_but_only_once(shop: Shop, member: User) -> None:
    single = goods.single()
    apply_subscription(goods.subscription_state(product=goods.monthly().product, user_id=member.pk))
    assert shop.start(member, single).url

    apply_purchase(goods.purchase_state(product=single.product, user_id=member.pk))

    with pytest.raises(services.AlreadyOwnedError):
        shop.start(member, single)


def test_nobody_cancels_what_is_not_theirs(shop: Shop, member: User) -> None:
    theirs = apply_subscription(
        goods.subscription_state(product=goods.monthly().product, user_id=factories.member().pk)
    )

    with pytest.raises(MissingError):
        services.cancel_subscription(user_id=member.pk, uid=theirs.uid, at_period_end=True)


def _again(member: User, **fields: Any) -> dict[str, Any]:
    operation = OutboundOperation.objects.select_related("offer").first()
    return {
        "user": member,
        "offer_uid": operation.offer.uid if operation else None,
        "success_url": "https://testserver/checkout/done?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://testserver/plans",
        "idempotency_key": "tap",
        "now": timezone.now(),
    } | fields
