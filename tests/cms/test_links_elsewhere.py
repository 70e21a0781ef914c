"""Links to other sites: asked in the background, told to editors, and never into the house."""

import csv
import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from pytest_django import Settings

from cms.articles.models import ArticlePage
from cms.links.asking import Verdict, ask
from cms.links.guard import is_public
from cms.links.models import Link, LinkPlace
from cms.links.services import ask_all, keep_answer
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_checks import article, errors, text, warnings
from tests.queue import drain
from tests.sites import OtherSite, other_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[OtherSite]:
    with other_site() as site:
        settings.CHECK_EXTERNAL_LINKS = True
        settings.LINKS_ALLOWED_HERE = [site.host]
        yield site


def linked(*addresses: str, words: str = "here") -> ArticlePage:
    body = "".join(f'<p><a href="{address}">{words}</a></p>' for address in addresses)
    return article(text(body))


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/200", Verdict(200)),
        ("/404", Verdict(404, "answered 404")),
        ("/410", Verdict(410, "answered 410")),
        ("/503", Verdict(503, "answered 503")),
        ("/403", Verdict(403)),
        ("/429", Verdict(429)),
        ("/no-head", Verdict(200)),
        ("/to//200", Verdict(200)),
        ("/to//to//404", Verdict(404, "answered 404")),
        ("/to/", Verdict(302)),
        ("/to/to/", Verdict(trouble="leads round in redirects")),
        ("/to/file:///etc/passwd", Verdict(trouble="leads to no page")),
        ("/to/http://[::1", Verdict(trouble="is no address")),
    ],
)
def test_an_address_is_judged_by_what_readers_meet(
    elsewhere: OtherSite, path: str, verdict: Verdict
) -> None:
    assert ask(elsewhere.at(path)) == verdict


def test_the_head_is_asked_for_first_and_we_say_who_asks(elsewhere: OtherSite) -> None:
    ask(elsewhere.at("/200"))
    ask(elsewhere.at("/404"))

    assert elsewhere.asked == [("HEAD", "/200"), ("HEAD", "/404"), ("GET", "/404")]
    assert all(agent.startswith("FitCore link check (+http") for agent in elsewhere.agents)


def test_a_site_that_drips_holds_nobody(elsewhere: OtherSite, settings: Settings) -> None:
    settings.LINK_SECONDS = 1.0
    began = time.monotonic()

    verdict = ask(elsewhere.at("/slow"))

    assert verdict.trouble == "did not answer in time"
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0.0.0.0/",
        "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://192.168.0.1/", "http://100.64.0.1/",
        "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_inside_the_house_is_asked(settings: Settings, address: str) -> None:
    assert ask(address) == Verdict(trouble="leads into a private network")


def test_no_redirect_leads_inside(elsewhere: OtherSite) -> None:
    with other_site() as inside:
        verdict = ask(elsewhere.at(f"/to/{inside.at('/200')}"))
        by_name = ask(elsewhere.at("/to/http://localhost/"))

    assert (verdict.trouble, inside.asked) == ("has an unusual port", [])
    assert by_name == Verdict(trouble="leads into a private network")


def test_a_name_that_changes_its_mind_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was looked at is the one connected to: there is no second question."""
    import socket

    answers = ["192.0.2.1", "127.0.0.1"]
    questions: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "rebind.example":
            return real(host, port, *args, **kwargs)
        questions.append(host)
        return real(answers[min(len(questions), 2) - 1], port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)

    first, second = ask("http://rebind.example/"), ask("http://rebind.example/")

    assert [first.trouble, second.trouble] == ["leads into a private network"] * 2
    assert len(questions) == 2


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1"])
def test_the_internet_at_large_is_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("https://user:secret@example.com/", "leads to no page"),
        ("http://example.com:6379/", "has an unusual port"),
        ("ftp://example.com/", "leads to no page"),
        ("http://no-such-site.invalid/", "names a site that there is not"),
    ],
)
def test_what_is_no_page_of_the_web_is_not_asked(address: str, trouble: str) -> None:
    assert ask(address).trouble == trouble


def test_publishing_has_the_addresses_asked_and_the_editor_warned(elsewhere: OtherSite) -> None:
    page = linked(elsewhere.at("/404"), elsewhere.at("/200"))
    before = warnings(page)

    drain()

    today = f"{timezone.now():%-d %b}"
    assert before == []
    assert warnings(page) == [f"The link “here” (127.0.0.1) answered 404 on {today}."]
    assert errors(page) == []


def test_a_button_is_looked_at_as_well(elsewhere: OtherSite) -> None:
    value = {"heading": "Go", "text": "", "label": "To the shop", "page": None,
             "url": elsewhere.at("/410")}  # fmt: skip
    page = article({"type": "call_to_action", "value": value})

    drain()

    assert "“To the shop” (127.0.0.1) answered 410" in warnings(page)[0]


def test_an_address_is_asked_once_a_week_however_many_pages_name_it(
    elsewhere: OtherSite,
) -> None:
    linked(elsewhere.at("/200"))
    linked(elsewhere.at("/200"), elsewhere.at("/200"))
    drain()
    once = len(elsewhere.asked)

    linked(elsewhere.at("/200"))
    drain()
    Link.objects.update(asked_at=timezone.now() - dt.timedelta(days=7))
    ask_all.call()
    drain()

    assert (once, len(elsewhere.asked)) == (1, 2)
    assert LinkPlace.objects.count() == 3


def test_what_no_page_names_any_more_is_forgotten(elsewhere: OtherSite) -> None:
    page = linked(elsewhere.at("/404"))
    page.body = page.body.stream_block.to_python(linked(elsewhere.at("/200")).body.get_prep_value())
    page.save_revision().publish()
    ask_all.call()

    assert [link.address for link in Link.objects.all()] == [elsewhere.at("/200")]


def test_a_link_that_works_again_is_no_trouble_any_more(elsewhere: OtherSite) -> None:
    then = timezone.now() - dt.timedelta(days=7)
    link = Link.objects.create(
        address=elsewhere.at("/200"), host="127.0.0.1", trouble="answered 404", status=404,
        broken_since=then, asked_at=then,
    )  # fmt: skip

    keep_answer(link, now=timezone.now())

    assert (link.trouble, link.status, link.broken_since) == ("", 200, None)


def test_it_is_told_since_when_a_link_is_broken(elsewhere: OtherSite) -> None:
    link = Link.objects.create(address=elsewhere.at("/404"), host="127.0.0.1")
    first, later = timezone.now() - dt.timedelta(days=7), timezone.now()

    keep_answer(link, now=first)
    keep_answer(link, now=later)

    assert (link.broken_since, link.asked_at) == (first, later)


def test_nobody_is_asked_where_it_is_switched_off(elsewhere: OtherSite, settings: Settings) -> None:
    settings.CHECK_EXTERNAL_LINKS = False

    linked(elsewhere.at("/404"))
    ask_all.call()
    drain()

    assert elsewhere.asked == []


def test_the_report_names_link_page_and_trouble(admin: Client, elsewhere: OtherSite) -> None:
    page = linked(elsewhere.at("/404"), words="=cmd")
    linked(elsewhere.at("/200"))
    drain()

    html = admin.get(reverse("links_report")).content.decode()
    answer: Any = admin.get(reverse("links_report"), {"export": "csv"})
    [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    sheet = admin.get(reverse("links_report"), {"export": "xlsx"})

    assert page.title in html
    assert (row["Page"], row["Words"], row["Address"], row["What happens"], row["Status"]) == (
        page.title, "'=cmd", elsewhere.at("/404"), "answered 404", "404",
    )  # fmt: skip
    assert sheet.status_code == 200


def test_a_trainer_reads_of_their_own_pages_alone(client: Client, elsewhere: OtherSite) -> None:
    trainer = factories.trainer()
    pages.trainer_page(account=trainer)
    linked(elsewhere.at("/404"), words="secret words")
    drain()
    client.force_login(trainer)

    assert "secret words" not in client.get(reverse("links_report")).content.decode()


def test_publishing_asks_nothing_of_the_queue_without_such_links(
    elsewhere: OtherSite,
) -> None:
    page = linked("/plans")
    OrmQ.objects.all().delete()

    page.save_revision().publish()

    assert not any(
        "cms.links" in repr(SignedPackage.loads(row.payload)) for row in OrmQ.objects.all()
    )
