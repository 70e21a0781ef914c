"""Many first sign-ins at once, and two last ways in that go at once."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from config.devservices.identity.people import ADA, GINA, HANK
from fitness.accounts.models import Profile, SignIn, User
from tests.api.client import ApiClient, openapi
from tests.identity import GOOGLE, Phone, identities, phone, running_identities
from tests.test_races import _first_pages
from tests.threads import at_once

__all__ = ["_first_pages", "identities", "phone", "running_identities"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _document() -> None:
    """Made here: it cannot be made by eight threads at once."""
    openapi()


def test_eight_first_sign_ins_at_once_make_one_account(phone: Phone) -> None:
    answers = at_once(lambda _: Phone(phone.identities).google(GINA))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["user"]["id"] for answer in answers}) == 1
    assert (User.objects.count(), Profile.objects.count()) == (1, 1)
    assert (SocialAccount.objects.count(), EmailAddress.objects.count()) == (1, 1)


def test_one_token_sent_eight_times_at_once_opens_the_door_once(phone: Phone) -> None:
    told = {"id_token": phone.identities.google.id_token(GINA)}

    answers = at_once(lambda _: ApiClient().post_json(GOOGLE, told))

    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]
    assert SignIn.objects.count() == 1


def test_google_and_apple_at_once_make_one_account_of_one_address(phone: Phone) -> None:
    def come(number: int) -> int:
        mine = Phone(phone.identities)
        if number % 2:
            return int(mine.apple(ADA).status_code)
        return int(mine.google(GINA, email=ADA.email, hd="icloud.com").status_code)

    assert set(at_once(come)) == {200}
    assert User.objects.count() == 1
    assert SocialAccount.objects.count() == 2


def test_of_two_last_ways_in_one_stays(phone: Phone) -> None:
    phone.carry(phone.google(GINA).json()["access"])
    other = {"id_token": phone.identities.google.id_token(HANK)}
    assert phone.post_json(f"{GOOGLE}/link", other).status_code == 200
    first, second = SocialAccount.objects.values_list("pk", flat=True)
    mine = ApiClient(user=User.objects.get())

    answers = at_once(
        lambda number: ApiClient(HTTP_AUTHORIZATION=mine.defaults["HTTP_AUTHORIZATION"]).delete(
            f"/api/auth/social/{(first, second)[number % 2]}"
        )
    )

    assert {answer.status_code for answer in answers} <= {204, 404, 409}
    assert SocialAccount.objects.count() == 1
