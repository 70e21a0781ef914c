"""Mails about an account: in text and in HTML, in our look, with links that lead to us."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from fitness.accounts.models import SignIn

FOLDER = Path(settings.ROOT) / "templates"
PREFIXES = sorted(
    str(path.relative_to(FOLDER)).removesuffix("_subject.txt")
    for path in FOLDER.rglob("*_subject.txt")
)
LINK = "https://fitcore.example/verify-email/key&more"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def mail(prefix: str) -> EmailMessage:
    told: dict[str, Any] = {
        "email": "o'hara&co@example.com", "activate_url": LINK, "password_reset_url": LINK,
        "signup_url": LINK, "from_email": "old@example.com", "to_email": "new@example.com",
        "deleted_email": "old@example.com", "ip": "192.0.2.7", "user_agent": FIREFOX,
        "link": LINK, "timestamp": timezone.now(), "request": RequestFactory().get("/"),
        "sign_in": SignIn(device="Maya's <b>phone</b>"),
    }  # fmt: skip
    rendered: EmailMessage = get_adapter().render_mail(prefix, "maya@example.com", told)
    return rendered


def html_of(message: Any) -> str:
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return str(html)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_mail_is_there_as_text_and_as_html(prefix: str) -> None:
    message = mail(prefix)
    html = html_of(message)

    assert "FitCore" in message.subject
    assert "<" not in message.body.replace("Maya's <b>phone</b>", "")
    assert "&amp;" not in message.body
    assert "&lt;b&gt;" in html or "<b>phone</b>" not in html
    assert "prefers-color-scheme: dark" in html
    assert all(link.startswith(("https://", "http://")) for link in Links(html).found)
    # In the text every address that the HTML links to can be read.
    assert set(Links(html).found) - {f"{settings.WAGTAILADMIN_BASE_URL}/"} <= set(
        re.findall(r"https?://\S+", str(message.body))
    ) | {settings.WAGTAILADMIN_BASE_URL}


def test_every_mail_of_allauth_that_we_can_send_is_ours() -> None:
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    prefixes = {
        str(path.relative_to(theirs)).removesuffix("_subject.txt")
        for path in theirs.rglob("*_subject.txt")
    }
    by_code = {prefix for prefix in prefixes if prefix.endswith("_code")}  # never asked for here

    assert prefixes - by_code <= set(PREFIXES)


@pytest.mark.parametrize(
    ("prefix", "lifetime"),
    [("email_confirmation", "three days"), ("password_reset_key", "one hour")],
)
def test_a_mail_with_a_link_says_how_long_it_works(prefix: str, lifetime: str) -> None:
    message = mail(f"account/email/{prefix}")

    assert lifetime in message.body
    assert lifetime in html_of(message)
    assert settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS == 3
    assert settings.PASSWORD_RESET_TIMEOUT == 3600


def test_a_notice_says_from_where_and_what_to_do() -> None:
    message = mail("account/email/password_changed")

    assert "Firefox on Windows, from 192.0.2.7" in message.body
    assert f"{settings.WAGTAILADMIN_BASE_URL}/password-reset" in message.body


def test_text_is_not_broken_by_the_template() -> None:
    text = render_to_string("emails/action.txt", {"url": LINK, "label": "Go"})

    assert LINK in text
