"""What editors see of a page in the shoes of others; the page is in nobody's hands by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.articles.models import ArticleIndexPage
from cms.core.previewing import GATED_PREVIEW_MODES, PREVIEW_MODES
from cms.programmes.models import ProgrammeIndexPage
from cms.trainers.models import TrainerIndexPage
from cms.tutorials.models import TutorialIndexPage
from cms.workouts.models import WorkoutIndexPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

GATED: list[Callable[..., Any]] = [
    pages.workout_page,
    pages.article_page,
    pages.programme_page,
    pages.tutorial_page,
]


def _index(kind: type[Page]) -> Callable[[], Page]:
    return lambda: pages.below_home(kind, kind.__name__[:-9] + "s")


OPEN: list[Callable[..., Any]] = [
    pages.home,
    pages.landing_page,
    pages.trainer_page,
    pages.category_page,
    *map(
        _index,
        [
            WorkoutIndexPage,
            ArticleIndexPage,
            ProgrammeIndexPage,
            TutorialIndexPage,
            TrainerIndexPage,
        ],
    ),
]


def seen(client: Client, page: Page, mode: str) -> Any:
    """The preview of a page's draft."""
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    return client.get(f"{address}?mode={mode}")


def article_form(page: Any, **fields: Any) -> dict[str, Any]:
    """What the form of an article sends."""
    values = {
        "title": page.title,
        "slug": page.slug,
        "introduction": page.introduction,
        "teaser": page.teaser,
        "access": page.access,
        "comments": inline_formset([]),
        "body": streamfield(
            [("tip", {"heading": "Breathe", "text": rich_text(f"<p>{pages.CANARY}</p>")})]
        ),
    }
    sent: dict[str, Any] = nested_form_data({**values, **fields})
    return sent


@pytest.mark.parametrize("make", [*GATED, *OPEN])
def test_every_kind_of_page_is_seen_as_everybody(
    admin: Client, make: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    pages.home()
    page = make()
    seen(admin, page, "visitor")

    for mode, _ in GATED_PREVIEW_MODES:
        with django_assert_max_num_queries(50):
            answer = seen(admin, page, mode)
        assert answer.status_code == 200
        assert 'class="preview-note"' in answer.content.decode()
        assert "private, no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert "ETag" not in answer


@pytest.mark.parametrize("make", GATED)
def test_a_preview_holds_the_body_for_those_alone_who_would_get_it(
    admin: Client, make: Callable[..., Any]
) -> None:
    for access, opens_for in {
        "free": {"visitor", "free", "premium", "buyer"},
        "member": {"free", "premium", "buyer"},
        "premium": {"premium", "buyer"},
        "purchase": {"premium", "buyer"},
    }.items():
        page = make(access=access)
        opened = {
            mode
            for mode, _ in GATED_PREVIEW_MODES
            if pages.CANARY in seen(admin, page, mode).content.decode()
        }
        assert opened == opens_for, access


def test_an_editors_own_right_opens_nothing_in_a_preview(client: Client) -> None:
    editor = factories.editor()
    pages.give(editor, "premium")
    client.force_login(editor)
    page = pages.workout_page(access="premium", videos=2)

    html = seen(client, page, "free").content.decode()

    assert pages.CANARY not in html
    assert "/playback/" not in html
    assert page.teaser in html


def test_the_frame_of_a_preview_is_that_of_whom_it_pretends(client: Client) -> None:
    editor = factories.editor()
    client.force_login(editor)
    page = pages.article_page()

    as_visitor = seen(client, page, "visitor").content.decode()
    as_member = seen(client, page, "free").content.decode()

    assert "Join free" in as_visitor
    assert "Sign out" not in as_visitor
    assert "member@example.com" in as_member
    assert "Edit the site" not in as_member
    for html in (as_visitor, as_member):
        assert editor.email not in html


def test_an_unknown_way_to_see_a_page_is_a_visitors(admin: Client) -> None:
    page = pages.article_page(access="premium")

    for mode in ("", "locked", "editor"):
        assert pages.CANARY not in seen(admin, page, mode).content.decode()


def test_what_is_in_the_form_is_seen_beside_it_before_it_is_saved(admin: Client) -> None:
    page = pages.article_page(access="premium")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = article_form(page, title="Half a thought", access="premium")

    told = admin.post(address, form).json()
    shown = admin.get(f"{address}?mode=free&in_preview_panel=true").content.decode()

    assert told == {"is_valid": True, "is_available": True}
    assert "Half a thought" in shown
    assert "wagtail-userbar" in shown
    assert pages.CANARY not in shown


def test_a_preview_names_no_place_where_a_video_plays(admin: Client) -> None:
    page = pages.workout_page(access="premium", videos=2, samples=1)

    html = seen(admin, page, "premium").content.decode()

    assert pages.CANARY in html
    for address in ("/playback/", "/watch/", "/media/private/"):
        assert address not in html


def test_nothing_in_a_preview_can_be_sent(admin: Client) -> None:
    policy = seen(admin, pages.workout_page(), "premium")["Content-Security-Policy"]

    assert "connect-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "script-src 'self';" in policy


def test_a_preview_shows_the_draft_and_is_the_admins_alone(
    client: Client, member: User, admin: Client
) -> None:
    page = pages.article_page(access="premium", title="As it is")
    page.title = "As it will be"
    page.save_revision()

    drafted = seen(admin, page, "free").content.decode()
    client.force_login(member)
    for address in ("preview_on_edit", "view_draft"):
        path = reverse(f"wagtailadmin_pages:{address}", args=[page.pk])
        refused = client.get(f"{path}?mode=premium")
        assert refused.status_code in {302, 403}
        assert pages.CANARY not in refused.content.decode()
    client.logout()
    assert seen(client, page, "premium").status_code == 302

    assert "As it will be" in drafted


def test_moderators_see_the_whole_page_first(admin: Client) -> None:
    page = pages.article_page(access="premium")

    html = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()

    assert pages.CANARY in html
    assert page.default_preview_mode == PREVIEW_MODES[0][0] == "premium"


def test_the_editors_messages_wait_for_the_editor(admin: Client) -> None:
    page = pages.article_page()
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    html = seen(admin, page, "free").content.decode()

    assert "unpublished" not in html
    assert "unpublished" in admin.get("/cms/").content.decode()
