"""Google and Apple on the phone: whom they let in, and whom they do not."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail

from config.devservices.identity import IdentityStandIn
from config.devservices.identity.people import ADA, GINA, HANK, OLGA, UWE, Person
from fitness.accounts.models import Profile, SignIn, User
from tests import factories
from tests.api.client import ApiClient
from tests.identity import GOOGLE, Phone, identities, phone, running_identities
from tests.queue import drain

__all__ = ["identities", "phone", "running_identities"]
pytestmark = pytest.mark.django_db


def account_of(who: Person, *, is_verified: bool = True, **fields: Any) -> User:
    user = User.objects.create_user(
        who.email,
        factories.PASSWORD,
        verified_at=factories.JOINED if is_verified else None,
        **fields,
    )
    EmailAddress.objects.create(user=user, email=who.email, primary=True, verified=is_verified)
    return user


def test_who_comes_with_google_is_a_member(phone: Phone) -> None:
    token = phone.identities.google.id_token(GINA)
    told = {"id_token": token, "time_zone": "Asia/Tokyo", "device": "Gina's phone"}

    answer = phone.post_json(GOOGLE, told)

    assert answer.status_code == 200
    assert answer.json()["user"]["email"] == GINA.email
    assert answer.json()["user"]["is_verified"]
    phone.carry(answer.json()["access"])
    assert phone.get("/api/users/profile").json()["name"] == "Gina Gold"
    assert Profile.objects.get().time_zone == "Asia/Tokyo"
    assert SignIn.objects.get().device == "Gina's phone"
    assert not User.objects.get().has_usable_password()
    assert mail.outbox == []


def test_who_comes_again_gets_the_same_account_whatever_their_address_is_now(phone: Phone) -> None:
    first = phone.google(GINA).json()["user"]["id"]

    again = phone.google(GINA, email="gina.married@gmail.com").json()["user"]

    assert (again["id"], again["email"]) == (first, GINA.email)
    assert User.objects.count() == 1


def test_apple_hides_the_address_and_says_the_name_once(phone: Phone) -> None:
    introduction = phone.identities.apple.introduction(ADA)
    first = phone.apple(ADA, hide=True, body={"user": introduction}).json()
    again = phone.apple(ADA, hide=True).json()

    assert first["user"] == again["user"]
    assert first["user"]["email"] == ADA.relay
    assert Profile.objects.get().name == "Ada Apple"


def test_a_name_that_apple_said_before_an_account_could_take_it_is_kept(phone: Phone) -> None:
    user = account_of(OLGA, is_verified=False)
    factories.register(user=user, time_zone="", now=factories.JOINED)
    introduction = phone.identities.apple.introduction(OLGA)
    assert phone.apple(OLGA, body={"user": introduction}).status_code == 409
    User.objects.update(verified_at=factories.JOINED)

    phone.carry(ApiClient(user=User.objects.get()).tokens.access)
    answer = phone.post_json("/api/auth/social/apple/link", phone.apples_word(OLGA))

    assert answer.status_code == 200
    assert Profile.objects.get().name == "Olga Other"


@pytest.mark.parametrize("who", [GINA, HANK])
def test_google_opens_the_account_of_an_address_that_it_answers_for(
    phone: Phone, who: Person
) -> None:
    user = account_of(who)

    answer = phone.google(who)

    assert answer.json()["user"]["id"] == str(user.uid)
    assert SocialAccount.objects.get().user == user
    user.refresh_from_db()
    assert user.check_password(factories.PASSWORD)


def test_apple_opens_the_account_of_an_address_that_both_sides_checked(phone: Phone) -> None:
    user = account_of(ADA)

    assert phone.apple(ADA).json()["user"]["id"] == str(user.uid)


@pytest.mark.parametrize(
    ("who", "account"),
    [
        (GINA, {"is_verified": False}),  # somebody may have taken her address before she came
        (OLGA, {}),  # Google saw the address once; it may have passed to somebody else
        (GINA, {"is_staff": True}),  # editors connect by themselves
    ],
)
def test_any_doubt_about_an_address_asks_to_sign_in_and_connect(
    phone: Phone, who: Person, account: dict[str, bool]
) -> None:
    account_of(who, **account)

    answer = phone.google(who)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:fitcore:problem:sign-in-and-link"
    assert not SocialAccount.objects.exists()
    assert not SignIn.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_that_google_did_not_check_opens_makes_and_tells_nothing(
    phone: Phone, *, is_known: bool
) -> None:
    if is_known:
        account_of(UWE)

    answer = phone.google(UWE)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:fitcore:problem:address-unproven"
    assert User.objects.count() == is_known
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("email", [None, "", "nonsense", "a\u0000@gmail.com", 7, "x" * 300])
def test_without_an_address_there_is_no_account(phone: Phone, email: object) -> None:
    assert phone.google(GINA, email=email).status_code == 422
    assert not User.objects.exists()


def test_an_address_google_does_not_answer_for_is_confirmed_by_our_own_mail(phone: Phone) -> None:
    answer = phone.google(OLGA)

    assert not answer.json()["user"]["is_verified"]
    drain()
    (verification,) = mail.outbox
    assert verification.to == [OLGA.email]
    key = str(verification.body).split("/verify-email/")[1].split()[0].strip("/")
    assert phone.post_json("/api/auth/verify-email", {"key": key}).status_code == 200
    assert phone.google(OLGA).json()["user"]["is_verified"]


def test_who_had_an_address_before_its_owner_loses_the_way_in_when_the_owner_comes(
    phone: Phone,
) -> None:
    phone.google(OLGA)  # who once had this address, and still has it at Google
    drain()
    mail.outbox.clear()
    phone.post_json("/api/auth/password-reset", {"email": OLGA.email})
    drain()
    key = str(mail.outbox[0].body).split("/password-reset/")[1].split()[0].strip("/")
    told = {"key": key, "password": "a sentence of the owner"}
    assert phone.post_json("/api/auth/password-reset/confirm", told).status_code == 200

    assert phone.google(OLGA).status_code == 409


def test_a_squatter_gains_nothing_when_the_owner_comes_with_google(phone: Phone) -> None:
    squatter = account_of(GINA, is_verified=False)
    theirs = ApiClient(user=squatter)
    own_google = {"id_token": phone.identities.google.id_token(HANK)}
    assert theirs.post_json("/api/auth/social/google/link", own_google).status_code == 409

    assert phone.google(GINA).status_code == 409

    assert not SocialAccount.objects.exists()
    squatter.refresh_from_db()
    assert squatter.verified_at is None


def test_an_unconfirmed_second_address_of_another_account_is_in_nobodys_way(phone: Phone) -> None:
    squatter = factories.member()
    EmailAddress.objects.create(user=squatter, email=GINA.email, verified=False)

    answer = phone.google(GINA).json()

    assert answer["user"]["id"] != str(squatter.uid)
    assert answer["user"]["is_verified"]


def test_who_has_a_second_factor_shows_it_here_too(phone: Phone) -> None:
    phone.google(GINA)
    user = User.objects.get()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    told = {"id_token": phone.identities.google.id_token(GINA)}

    missing = phone.post_json(GOOGLE, told)
    wrong = phone.post_json(GOOGLE, told | {"second_factor": "000000"})
    right = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    assert missing.status_code == 401
    assert missing.json()["type"] == "urn:fitcore:problem:second-factor-required"
    assert wrong.json()["errors"][0]["pointer"] == "/second_factor"
    assert phone.post_json(GOOGLE, told | {"second_factor": right}).status_code == 200


def test_an_account_with_a_second_factor_is_not_opened_by_its_address(phone: Phone) -> None:
    TOTP.activate(account_of(GINA), generate_totp_secret())

    assert phone.google(GINA).status_code == 409
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_closed(phone: Phone) -> None:
    phone.google(GINA)
    User.objects.update(is_active=False)

    assert phone.google(GINA).status_code == 403


def test_a_browser_app_brings_googles_code_with_its_verifier(
    phone: Phone, identities: IdentityStandIn
) -> None:
    back = "http://localhost/app"
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    told = {
        "code": identities.google.code(GINA, redirect_uri=back, challenge=challenge),
        "code_verifier": verifier,
        "redirect_uri": back,
    }

    assert phone.post_json(GOOGLE, told | {"code_verifier": "wrong" * 10}).status_code == 422
    told["code"] = identities.google.code(GINA, redirect_uri=back, challenge=challenge)
    assert phone.post_json(GOOGLE, told).status_code == 200
    assert phone.post_json(GOOGLE, told).status_code == 422  # a code is traded once


def test_apples_code_leaves_us_a_token_to_give_back(
    phone: Phone, identities: IdentityStandIn
) -> None:
    code = identities.apple.code(ADA)

    assert phone.apple(ADA, body={"authorization_code": code}).status_code == 200

    kept = SocialToken.objects.get()
    assert kept.token_secret.startswith("r")
    assert phone.apple(ADA, body={"authorization_code": code}).status_code == 422


def test_a_code_of_somebody_else_is_refused(phone: Phone, identities: IdentityStandIn) -> None:
    code = identities.apple.code(OLGA)

    assert phone.apple(ADA, body={"authorization_code": code}).status_code == 422
    assert not User.objects.exists()


def test_a_provider_that_is_not_set_up_is_not_offered(phone: Phone, settings: Any) -> None:
    token = phone.identities.google.id_token(GINA)
    settings.SOCIALACCOUNT_PROVIDERS["google"]["APPS"] = []

    assert phone.post_json(GOOGLE, {"id_token": token}).status_code == 404
