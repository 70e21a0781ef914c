"""What editors publish: lists and details for the apps, and pages for browsers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.test import Client

from bench.requests import Request, ask
from bench.row import NOT_MODIFIED, Members, Row, as_each, bearer, unchanged
from cms.articles.models import ArticlePage
from cms.core.gated import GatedPage
from cms.programmes.models import ProgrammePage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from fitness.training.models import Access

_PAGE_SQL = 12
_PAGES = 100
_KINDS: dict[str, type[GatedPage]] = {
    "article": ArticlePage,
    "tutorial": TutorialPage,
    "programme": ProgrammePage,
}


def site_rows(members: Members) -> Iterator[Row]:
    yield from _stories(members)
    yield from _pages(members)


def cookies_of(users: Sequence[User]) -> list[str]:
    """What the browsers of these members send."""
    name, cookies = settings.SESSION_COOKIE_NAME, []
    for user in users:
        browser = Client()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookies.append(f"{name}={browser.cookies[name].value}")
    return cookies


def _stories(members: Members) -> Iterator[Row]:
    """Read as Wagtail's pages: no aim for their CPU beside the floor."""
    for kind, model in _KINDS.items():
        path = f"/api/content/{kind}s"
        locked = [f"{path}/{uid}" for uid in _some(model, Access.PREMIUM, "translation_key")]
        shown = [
            Row(f"{kind}s", [Request(path)]),
            as_each(f"{kind}s, member", members.readers, path),
            unchanged(f"{kind}s, 304, member", path, bearer(members.free[0])),
            as_each(f"{kind}, locked", members.free, *locked),
            as_each(f"{kind}, opened", members.premium, *locked),
        ]
        yield from (replace(row, cpu_aim=None) for row in shown)


def _pages(members: Members) -> Iterator[Row]:
    """Drawn by templates: no aim for their CPU, for the floor is one of the API."""
    workouts = _addresses(WorkoutPage, Access.PREMIUM)
    yield _page("home", "/")
    yield _page("library", "/workouts/")
    yield _page("workout", *workouts)
    yield _page("workout, member", *workouts, cookies=members.cookies)
    for kind, model in _KINDS.items():
        yield _page(kind, *_addresses(model, Access.FREE))
    yield _page("article, member", *_addresses(ArticlePage, Access.FREE), cookies=members.cookies)
    yield _unchanged_page("workout", workouts[0])
    yield _page("articles", "/articles/")
    yield _page("search", "/search?q=strength")


def _page(name: str, *paths: str, cookies: Sequence[str] = ()) -> Row:
    requests = [
        Request(path, headers={"Cookie": cookies[number % len(cookies)]} if cookies else {})
        for number, path in enumerate(paths)
    ]
    return Row(f"page: {name}", requests, sql_aim=_PAGE_SQL, cpu_aim=None)


def _unchanged_page(name: str, path: str) -> Row:
    """A page is drawn before it is known to be the same: that it costs what it does is no aim."""
    again = Request(path, headers={"If-None-Match": ask(Request(path))["ETag"]})
    return Row(f"page: {name}, 304", [again], NOT_MODIFIED, sql_aim=_PAGE_SQL, cpu_aim=None)


def _addresses(model: type[GatedPage], access: Access) -> list[str]:
    below = {WorkoutPage: "workouts", ArticlePage: "articles", TutorialPage: "tutorials"}
    folder = below.get(model, "programmes")
    return [f"/{folder}/{slug}/" for slug in _some(model, access, "slug")]


def _some(model: type[GatedPage], access: Access, field: str) -> list[str]:
    found = model.objects.filter(access=access).order_by("pk")[:_PAGES]
    return list(found.values_list(field, flat=True))
