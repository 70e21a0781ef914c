"""Which pages name which addresses, and what the addresses answered."""

import datetime as dt
import time
from collections.abc import Iterable

from django.conf import settings
from django.tasks import task
from django.utils import timezone
from wagtail.models import Page

from cms.core.checks.drafts import Draft
from cms.core.models import BasePage
from cms.links.asking import ask, host_of
from cms.links.models import LONGEST, Link, LinkPlace

# An answer holds for a week, less the time that asking all takes.
_GOOD_FOR = dt.timedelta(days=6)
_A_TURN = 20
_PAGES_AT_ONCE = 200


def note_links(page: BasePage) -> set[str]:
    """Keep which addresses of other sites a live page names; returns the hosts to be asked."""
    named = {
        address: words for _, address, words in Draft(page).addressed if len(address) <= LONGEST
    }
    known = LinkPlace.objects.filter(page=page.pk).select_related("link")
    kept = {place.link.address: place for place in known}
    gone = [place.pk for address, place in kept.items() if address not in named]
    if gone:
        LinkPlace.objects.filter(pk__in=gone).delete()
    for address, words in named.items():
        if address not in kept:
            link, _ = Link.objects.get_or_create(
                address=address, defaults={"host": host_of(address)}
            )
            LinkPlace.objects.get_or_create(
                link=link, page_id=page.pk, defaults={"words": words[:255]}
            )
    due = Link.objects.filter(address__in=named).due(before=timezone.now() - _GOOD_FOR)
    return set(due.values_list("host", flat=True)) if named else set()


def ask_soon(hosts: Iterable[str]) -> None:
    """Have the queue ask what is due at each host, one address after the other."""
    if settings.CHECK_EXTERNAL_LINKS:
        for host in sorted(hosts):
            ask_host.enqueue(host)


@task(queue_name="slow")
def ask_host(host: str) -> None:
    """Queued. Asks some addresses of a host, then the next task; one that was asked is left."""
    for number in range(_A_TURN):
        link = _due_at(host)
        if link is None:
            return
        if number:
            time.sleep(settings.LINK_PAUSE_SECONDS)
        keep_answer(link, now=timezone.now())
    if _due_at(host):
        ask_host.enqueue(host)


def keep_answer(link: Link, *, now: dt.datetime) -> None:
    """Ask an address and keep what it answered; no transaction is open meanwhile."""
    verdict = ask(link.address)
    link.status, link.trouble, link.asked_at = verdict.status, verdict.trouble, now
    link.broken_since = (link.broken_since or now) if verdict.trouble else None
    link.save(update_fields=["status", "trouble", "asked_at", "broken_since"])


@task(queue_name="slow")
def ask_all() -> None:
    """Queued, weekly. Reads all live pages anew and has the addresses they name asked."""
    if not settings.CHECK_EXTERNAL_LINKS:
        return
    pks = list(Page.objects.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _PAGES_AT_ONCE):
        note_pages.enqueue(pks[start : start + _PAGES_AT_ONCE])
    LinkPlace.objects.filter(page__live=False).delete()
    Link.objects.filter(places=None).delete()


@task(queue_name="slow")
def note_pages(pks: list[int]) -> None:
    """Queued. Reads some pages anew; run again, it finds the same."""
    hosts: set[str] = set()
    for page in Page.objects.live().filter(pk__in=pks).specific():
        if isinstance(page, BasePage):
            hosts |= note_links(page)
    ask_soon(hosts)


def _due_at(host: str) -> Link | None:
    due = Link.objects.filter(host=host, places__page__live=True)
    return due.due(before=timezone.now() - _GOOD_FOR).order_by("asked_at", "pk").first()
