"""Plans, the way to the till and the way back from it, as pages show them."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from commerce.catalog.models import Offer
from fitness.accounts.models import User
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def test_plans_show_what_is_on_sale(client: Client) -> None:
    pages.monthly()

    answer = client.get("/plans")

    assert [offer.title for offer in answer.context["plans"]] == ["Monthly"]
    assert answer.context["rights"] == {"has_premium": False}


def test_plans_know_who_has_premium(signed_in: Client, member: User) -> None:
    pages.give(member, "premium")

    assert signed_in.get("/plans").context["rights"] == {"has_premium": True}


def test_visitors_sign_in_before_they_buy(client: Client) -> None:
    answer = client.post(f"/plans/{pages.monthly().uid}/buy")

    assert (answer.status_code, answer.url) == (302, "/sign-in?next=/plans")


def test_what_is_not_on_sale_is_not_found(signed_in: Client) -> None:
    assert signed_in.post(f"/plans/{uuid.uuid4()}/buy").status_code == 404


def test_a_store_that_does_not_answer_is_said_so(signed_in: Client) -> None:
    offer = pages.monthly()
    Offer.objects.update(external_id="price_123")

    answer = signed_in.post(f"/plans/{offer.uid}/buy")

    assert answer.status_code == 503
    assert answer.context["error"]
    assert answer.context["error"] in answer.content.decode()


def test_the_way_back_waits_until_the_right_is_there(signed_in: Client, member: User) -> None:
    offer = pages.monthly()
    address = f"/checkout/done?offer={offer.uid}&session_id=cs_1"

    before = signed_in.get(address)
    pages.give(member, "premium")
    after = signed_in.get(address, headers={"HX-Request": "true"})

    assert (before.context["is_open"], before.context["is_late"]) == (False, False)
    assert after.context["is_open"] is True
    assert "<html" not in after.content.decode()


def test_the_way_back_says_so_when_it_takes_longer(signed_in: Client) -> None:
    address = f"/checkout/done?offer={pages.monthly().uid}&session_id="
    signed_in.get(f"{address}cs_1")

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=40)):
        late = signed_in.get(f"{address}cs_1").context["is_late"]
        another = signed_in.get(f"{address}cs_2").context["is_late"]

    assert (late, another) == (True, False)


@pytest.mark.parametrize("offer", ["", "nonsense", str(uuid.UUID(int=1))])
def test_the_way_back_without_a_known_offer_waits_for_premium(
    signed_in: Client, offer: str
) -> None:
    assert signed_in.get(f"/checkout/done?offer={offer}").context["is_open"] is False
