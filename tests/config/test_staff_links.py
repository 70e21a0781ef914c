"""A stolen password sets up no second factor: the way to one leads by letter, or by a link."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from config.roles import EDITOR, give_role
from config.staff.links import LinkEndedError, handed_link, use_link
from config.staff.models import ProvenFactor, StaffLink
from fitness.accounts.models import User
from tests import factories
from tests.config.staff import (
    APP,
    NOW,
    PROOF,
    confirm_password,
    confirmed,
    mailed_path,
    path_in,
    set_up_app,
)
from tests.config.test_staff_second_factor import code_of, sign_in, with_app
from tests.database import add_what_migrations_add
from tests.threads import at_once

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True)  # only then is a factor trusted


@pytest.fixture(autouse=True)
def _required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    cache.clear()
    add_what_migrations_add()


@pytest.fixture
def editor() -> User:
    return confirmed(factories.editor())


@pytest.mark.parametrize("make", [factories.editor, factories.admin, None])
def test_a_stolen_password_sets_up_nothing(make: Any) -> None:
    root = "root@example.com"
    victim = make() if make else User.objects.create_superuser(root, factories.PASSWORD)
    thief = Client()
    sign_in(thief, confirmed(victim))
    confirm_password(thief)

    tries = {
        path: (thief.get(path), thief.post(path, {"action_add": "", "email": "thief@example.com"}))
        for path in (APP, "/settings/passkeys/add", "/settings/two-factor/codes/new",
                     "/settings/two-factor/codes", "/settings/passkeys", "/settings/email")
    }  # fmt: skip
    set_up_app(thief)

    for path, answers in tries.items():
        assert {answer.status_code for answer in answers} == {302}, path
        assert all(answer.url.startswith(PROOF) for answer in answers), path
    assert not Authenticator.objects.exists()
    assert EmailAddress.objects.get().email == victim.email
    for admin in ("/cms/", "/django-admin/"):
        assert thief.get(admin).url.startswith(PROOF)


def test_the_letter_goes_to_the_owner_and_opens_nothing_for_whoever_asked(editor: User) -> None:
    thief, owner = Client(), Client()
    sign_in(thief, editor)
    path = mailed_path(thief)
    sign_in(owner, editor)

    owner.post(path)

    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert set_up_app(thief)[0].url.startswith(PROOF)
    assert not Authenticator.objects.exists()


@pytest.mark.slow
@committing
def test_behind_the_letter_an_app_is_set_up_opens_the_admin_and_is_told_of(
    client: Client, editor: User
) -> None:
    sign_in(client, editor)
    path = mailed_path(client)

    shown = client.get(path)
    client.post(path)
    answer, secret = set_up_app(client)

    assert shown.status_code == 200
    assert answer.url == "/settings/two-factor/codes"
    assert client.get(answer.url).status_code == 200
    assert mail.outbox[-1].to == [editor.email]
    assert "authenticator app" in mail.outbox[-1].body
    cache.clear()  # the code is spent for half a minute
    client.post("/sign-in/again/code", {"code": code_of(secret)})
    assert client.get("/cms/").status_code == 200


@pytest.mark.slow
@committing
def test_the_recovery_codes_of_the_first_evening_open_the_admin(
    client: Client, editor: User
) -> None:
    sign_in(client, editor)
    client.post(mailed_path(client))
    set_up_app(client)
    [code, *_] = RecoveryCodes(
        Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()
    elsewhere = Client()

    sign_in(elsewhere, editor)
    elsewhere.post("/sign-in/code", {"code": code})

    assert elsewhere.get("/cms/").status_code == 200


@pytest.mark.slow
@committing
def test_an_old_session_of_a_thief_gets_nothing_from_the_owners_factor(
    client: Client, editor: User
) -> None:
    thief = Client()
    sign_in(thief, editor)
    sign_in(client, editor)
    client.post(mailed_path(client))
    set_up_app(client)

    confirm_password(thief)
    answers = [
        thief.get("/settings/two-factor/codes"),
        thief.post("/settings/two-factor/codes/new"),
        thief.post("/settings/passkeys/add"),
        thief.post("/settings/two-factor/app/remove"),
        thief.get("/cms/"),
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith("/sign-in/again/code") for answer in answers)


def test_who_becomes_staff_later_shows_the_factor_behind_the_letter_once(
    client: Client, member: User
) -> None:
    secret = str(generate_totp_secret())
    TOTP.activate(confirmed(member), secret)
    sign_in(client, member)
    client.post("/sign-in/code", {"code": code_of(secret)})
    give_role(member, EDITOR)

    before = client.get("/cms/")
    client.post(mailed_path(client))

    assert before.url.startswith(PROOF)
    assert client.get("/cms/").status_code == 200


def test_a_factor_that_was_not_shown_stays_shut(client: Client, member: User) -> None:
    """Somebody else may have set it up when the password opened no admin yet."""
    secret = str(generate_totp_secret())
    sign_in(client, confirmed(member))
    TOTP.activate(member, secret)
    give_role(member, EDITOR)
    client.post(mailed_path(client))

    before = client.get("/cms/")
    client.post("/sign-in/again/code", {"code": code_of(secret)})

    assert before.url.startswith(PROOF)
    assert client.get("/cms/").status_code == 200  # shown behind the letter


def test_the_proof_lasts_a_quarter_of_an_hour(client: Client, editor: User) -> None:
    sign_in(client, editor)
    client.post(mailed_path(client))
    session = client.session
    session["staff_proof"] = session["staff_proof"] | {"until": 1.0}
    session.save()

    assert set_up_app(client)[0].url.startswith(PROOF)


def test_a_link_is_good_once_and_for_its_owner_alone(editor: User) -> None:
    token = handed_link(user=editor, now=NOW).rpartition("/")[2]

    for who, when in ((factories.editor(), NOW), (editor, NOW + dt.timedelta(hours=25))):
        with pytest.raises(LinkEndedError):
            use_link(token, user=who, now=when)
    use_link(token, user=editor, now=NOW)
    with pytest.raises(LinkEndedError):
        use_link(token, user=editor, now=NOW)


def test_guessed_links_are_counted(client: Client, editor: User) -> None:
    sign_in(client, editor)

    answers = [client.post(f"{PROOF}/guess{number}").status_code for number in range(16)]

    assert answers == [302] * 15 + [429]


def test_letters_are_counted(client: Client, editor: User) -> None:
    sign_in(client, editor)

    answers = [client.post(PROOF).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]


def test_an_address_that_is_not_confirmed_gets_no_letter(client: Client) -> None:
    sign_in(client, factories.editor())

    answer = client.post(PROOF, follow=True)

    assert "Confirm your e-mail address first." in answer.content.decode()
    assert not StaffLink.objects.exists()


@pytest.mark.slow
@committing
def test_an_admin_hands_out_a_link(client: Client, editor: User) -> None:
    boss, admin = Client(), factories.admin()
    secret = with_app(admin)
    sign_in(boss, admin)
    boss.post("/sign-in/code", {"code": code_of(secret)})

    page = boss.post(f"/cms/second-factor-link/{editor.pk}/")
    sign_in(client, editor)
    client.post(path_in(page.content.decode()))
    set_up_app(client)

    assert f"/cms/second-factor-link/{editor.pk}/" in boss.get("/cms/users/").content.decode()
    assert StaffLink.objects.get().issued_by == admin
    assert ProvenFactor.objects.filter(authenticator__user=editor).count() == 2


def test_editors_hand_out_none_and_admins_none_for_superusers() -> None:
    root = User.objects.create_superuser("root@example.com", factories.PASSWORD)

    for user, whose in ((factories.editor(), factories.editor()), (factories.admin(), root)):
        browser = Client()
        secret = with_app(user)
        sign_in(browser, user)
        browser.post("/sign-in/code", {"code": code_of(secret)})
        assert browser.post(f"/cms/second-factor-link/{whose.pk}/").status_code == 404
    assert not StaffLink.objects.exists()


@pytest.mark.slow
@committing
def test_the_first_superuser_gets_a_link_on_the_server(client: Client, capsys: Any) -> None:
    root = User.objects.create_superuser("root@example.com", factories.PASSWORD)
    call_command("staff_link", "Root@example.com")
    path = path_in(capsys.readouterr().out)

    sign_in(client, root)
    client.post(path)
    answer, _ = set_up_app(client)

    assert answer.url == "/settings/two-factor/codes"
    assert mail.outbox[-1].to == [root.email]


def test_members_and_who_has_a_factor_get_no_link(client: Client, member: User) -> None:
    editor = factories.editor()
    with_app(editor)
    client.force_login(member)

    assert client.post(PROOF).status_code == 404
    for email in (member.email, editor.email, "nobody@example.com"):
        with pytest.raises(CommandError):
            call_command("staff_link", email)


@pytest.mark.slow
@committing
def test_of_eight_uses_at_once_one_counts() -> None:
    user = factories.editor()
    token = handed_link(user=user, now=NOW).rpartition("/")[2]

    def use(_: int) -> bool:
        try:
            use_link(token, user=user, now=NOW)
        except LinkEndedError:
            return False
        return True

    assert at_once(use).count(True) == 1
