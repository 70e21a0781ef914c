"""What somebody of the staff does to come in."""

import datetime as dt
import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from fitness.accounts.models import User
from tests import factories
from tests.config.test_staff_second_factor import code_of
from tests.queue import drain

PROOF = "/settings/two-factor/staff"

APP = "/settings/two-factor/app"

NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def confirmed(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def path_in(text: str) -> str:
    return str(re.findall(rf"{PROOF}/[^\s\"<]+", text)[0])


def mailed_path(browser: Client) -> str:
    browser.post(PROOF)
    drain()
    return path_in(str(mail.outbox[-1].body))


def confirm_password(browser: Client) -> None:
    browser.post("/sign-in/again", {"password": factories.PASSWORD})


def set_up_app(browser: Client) -> Any:
    """Do as the page says; nothing comes of it when the page is closed."""
    confirm_password(browser)
    browser.get(APP)
    secret = browser.session.get("mfa.totp.secret", "JBSWY3DPEHPK3PXP")
    answer = browser.post(APP, {"code": code_of(secret)})
    drain()
    return answer, secret
