"""The web face: what every template keeps to, and the parts that several pages show."""

import datetime as dt
import re
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from cms.core.templatetags import fitcore
from commerce.catalog.selectors import OfferCard
from commerce.entitlements.selectors import Decision
from fitness.leaderboards.selectors import Place, Row

TEMPLATES = Path(settings.ROOT) / "templates"
STATIC = Path(settings.ROOT) / "cms" / "static"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
# Mail clients know nothing but inline styles, and no content policy.
PAGES = [name for name in NAMES if "email/" not in name and not name.startswith("emails/")]
VISITOR = SimpleNamespace(is_authenticated=False, pk=None)
MEMBER = SimpleNamespace(is_authenticated=True, pk=4)


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


def render(name: str, *, path: str = "/workouts/ladder/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return " ".join(render_to_string(name, {"request": request, **context}).split())


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_has_nothing_inline_that_the_content_policy_forbids(name: str) -> None:
    text = source(name)

    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_the_sprite_holds_the_icons_that_are_used_and_no_others() -> None:
    pattern = r'{% icon "([\w-]+)"|empty\.html" with name="([\w-]+)"'
    used = {a or b for name in NAMES for a, b in re.findall(pattern, source(name))}

    held = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))

    assert held == used


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (999, "eur", "€9.99"),
        (5, "USD", "$0.05"),
        (0, "gbp", "£0.00"),
        (129_900, "eur", "€1,299.00"),
        (1200, "jpy", "¥1,200"),
        (1_234_567, "kwd", "KWD\N{NO-BREAK SPACE}1,234.567"),
        (990, "chf", "CHF\N{NO-BREAK SPACE}9.90"),
        (-250, "eur", "-€2.50"),
    ],
)
def test_money_is_written_in_the_units_of_its_currency(
    minor: int, currency: str, written: str
) -> None:
    assert fitcore.money(minor, currency) == written


@pytest.mark.parametrize(
    ("day", "interval", "renews_on"),
    [
        (dt.date(2026, 11, 21), "month", dt.date(2026, 12, 21)),
        (dt.date(2026, 12, 5), "month", dt.date(2027, 1, 5)),
        (dt.date(2026, 1, 31), "month", dt.date(2026, 2, 28)),
        (dt.date(2026, 12, 31), "year", dt.date(2027, 12, 31)),
        (dt.date(2028, 2, 29), "year", dt.date(2029, 2, 28)),
    ],
)
def test_a_plan_renews_on_the_same_day_or_the_last_of_a_shorter_month(
    day: dt.date, interval: str, renews_on: dt.date
) -> None:
    assert fitcore.renewal_after(day, interval) == renews_on


def test_every_hue_has_its_class() -> None:
    sheet = (STATIC / "css" / "site.css").read_text()

    assert all(f".{fitcore.hue(degrees)} {{" in sheet for degrees in range(361))


def test_an_icon_with_a_label_is_read_aloud_and_one_without_is_not() -> None:
    assert 'role="img" aria-label="Locked"' in fitcore.icon("lock", "Locked")
    assert 'aria-hidden="true"' in fitcore.icon("lock")
    assert "<b>" not in fitcore.icon("lock", "<b>")


class SignIn(forms.Form):
    login = forms.EmailField(label="E-mail address", help_text="The one you signed up with.")


def test_a_field_ties_its_label_its_hint_and_its_error_to_the_input() -> None:
    form = SignIn({"login": "nobody"})

    html = render("components/field.html", field=form["login"])

    assert '<label for="id_login">' in html
    assert 'aria-describedby="id_login_helptext id_login_error"' in html
    assert 'id="id_login_helptext"' in html
    assert 'id="id_login_error"' in html
    assert 'aria-invalid="true"' in html


def offer(**given: Any) -> OfferCard:
    facts: dict[str, Any] = {
        "uid": uuid.UUID(int=1),
        "product_slug": "premium",
        "title": "Premium monthly",
        "description": "",
        "kind": "subscription",
        "store": "stripe",
        "price_minor": 999,
        "currency": "eur",
        "interval": "month",
        "opens": ("premium",),
    }
    return OfferCard(**{**facts, **given})


LOCKED = Decision(required="premium", granted=False, reason="locked")


def gate(**given: Any) -> str:
    shown: dict[str, Any] = {"decision": LOCKED, "offers": [offer()], "teaser": "Three videos."}
    return render("components/gate.html", thing="workout", **{**shown, **given})


def test_a_gate_says_price_renewal_and_the_way_out_beside_its_button() -> None:
    html = gate(user=MEMBER)

    assert "€9.99" in html
    assert "a month" in html
    assert re.search(
        r"Renews on \d+ \w+ \d{4} and then every month at €9.99 until you cancel", html
    )
    assert "Cancel any time" in html
    assert f'action="/plans/{uuid.UUID(int=1)}/buy"' in html


def test_a_single_payment_does_not_speak_of_renewal() -> None:
    html = gate(user=MEMBER, offers=[offer(kind="one_time", interval="", title="Ladder")])

    assert "nothing renews" in html
    assert "Renews on" not in html


def test_a_visitor_joins_first_and_comes_back_to_where_the_gate_stood() -> None:
    html = gate(user=VISITOR)

    assert 'href="/sign-up?next=/workouts/ladder/"' in html
    assert "<form" not in html


def test_what_an_account_opens_is_not_sold() -> None:
    decision = Decision(required="member", granted=False, reason="sign_in")

    html = gate(user=VISITOR, decision=decision, offers=[])

    assert "Free for members" in html
    assert "Premium" not in html


def test_the_own_row_is_pinned_below_a_board_that_does_not_reach_it() -> None:
    rows = [Row(rank=1, user_id=1, public_name="Ama", points=90)]
    place = Place(rank=128, points=12, is_listed=True, neighbours=())

    html = render("components/board.html", board=rows, place=place, user=MEMBER, alias="Maya")

    assert html.count("is-pinned") == 1
    assert "128" in html


def test_the_own_row_is_not_shown_twice() -> None:
    rows = [Row(rank=1, user_id=MEMBER.pk, public_name="Maya", points=90)]
    place = Place(rank=1, points=90, is_listed=True, neighbours=())

    html = render("components/board.html", board=rows, place=place, user=MEMBER, alias="Maya")

    assert html.count("is-me") == 1
    assert "is-pinned" not in html


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_theme_that_was_chosen_is_there_from_the_first_byte(theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = theme

    html = render_to_string("404.html", {"request": request, "user": VISITOR})

    assert f' data-theme="{theme}">' in html


def test_a_theme_that_does_not_exist_is_not_written_into_the_page() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'

    html = render_to_string("404.html", {"request": request, "user": VISITOR})

    assert "data-theme=" not in html


def test_the_page_for_a_broken_server_needs_no_context() -> None:
    assert "That one is on us." in render_to_string("500.html")
