"""What waits for somebody, on the first page of the admin."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.dashboard import lacking
from cms.dashboard.bulk_changes import changes_of, told
from cms.dashboard.everything import gated_pages_for, lacking_captions, pages_for
from cms.dashboard.states import AWAITED, SCHEDULED
from cms.media.models import Transcode
from fitness.accounts.models import User
from fitness.training.models import Video

_SHOWN = 5
# Nobody needs to know how many more: counting them all would cost more with every page.
_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A pile of work: how high it is, what lies on top, and where all of it is."""

    heading: str
    icon: str
    lines: list[Line]
    number: int
    url: str
    nothing: str

    @property
    def count(self) -> str:
        return f"{_COUNTED - 1}+" if self.number >= _COUNTED else str(self.number)


class HousePanel(Component):
    """One query a card, each of which reads a hundred rows at most."""

    name = "house"
    template_name = "wagtailadmin/dashboard/house_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"cards": [card for make in _CARDS if (card := make(user)) is not None]}


def _scheduled(user: User) -> Card | None:
    return _pages(
        "Scheduled", "calendar-alt", pages_for(user).filter(SCHEDULED),
        reverse("scheduled_report"), "Nothing waits for its hour.",
    )  # fmt: skip


def _awaited(user: User) -> Card | None:
    return _pages(
        "Awaiting moderation", "tasks", pages_for(user).filter(AWAITED),
        reverse("wagtailadmin_reports:workflow") + "?status=in_progress",
        "Nothing waits for a moderator.",
    )  # fmt: skip


def _without_teaser(user: User) -> Card | None:
    return _pages(
        "Gated, without a teaser", "lock", gated_pages_for(user).filter(lacking.TEASER),
        reverse("access_report") + "?missing=teaser", "Every locked page says what waits inside.",
    )  # fmt: skip


def _without_captions(user: User) -> Card | None:
    return _pages(
        "Captions missing", "openquote", lacking_captions(user), reverse("captions_report"),
        "Every film can be read along with.",
    )  # fmt: skip


def _in_work(user: User) -> Card | None:
    return _films(user, "Films in work", "Nothing is being prepared.",
                  Transcode.objects.in_work(), "working")  # fmt: skip


def _failed(user: User) -> Card | None:
    return _films(user, "Films that failed", "Every film plays.",
                  Transcode.objects.troubled(), "failed")  # fmt: skip


def _changes(user: User) -> Card | None:
    """Only while there are some: whoever closed the tab finds them again here."""
    rows = [told(row) for row in changes_of(user).filter(finished_at=None)[:_COUNTED]]
    if not rows:
        return None
    lines = [Line(row.change.title, reverse("many_pages", args=[row.change.uid]),
                  f"{row.done} of {row.total}") for row in rows]  # fmt: skip
    return _card("Being changed", "rotate", lines, reverse("all_changes"), "")


_CARDS: tuple[Callable[[User], Card | None], ...] = (
    _awaited, _scheduled, _without_teaser, _without_captions, _in_work, _failed,
    _changes,
)  # fmt: skip


def _pages(heading: str, icon: str, pages: QuerySet[Page], url: str, nothing: str) -> Card:
    rows = pages.order_by("-latest_revision_created_at").values_list("pk", "draft_title")
    lines = [Line(title, reverse("wagtailadmin_pages:edit", args=[pk]))
             for pk, title in rows[:_COUNTED]]  # fmt: skip
    return _card(heading, icon, lines, url, nothing)


def _films(
    user: User, heading: str, nothing: str, films: QuerySet[Transcode], state: str
) -> Card | None:
    """For whoever looks after films: all of them, or those they uploaded."""
    policy = policy_registry.get_by_type(Video)
    if not policy.user_has_permission(user, "change"):
        return None
    films = films.filter(video__in=policy.instances_user_has_permission_for(user, "change"))
    views = Video.snippet_viewset  # type: ignore[attr-defined]
    rows = films.order_by("-moved_at", "pk").values_list("video", "video__title", "reason")
    lines = [Line(title, reverse(views.get_url_name("edit"), args=[pk]), reason)
             for pk, title, reason in rows[:_COUNTED]]  # fmt: skip
    url = f"{reverse(views.get_url_name('list'))}?state={state}"
    return _card(heading, "media", lines, url, nothing)


def _card(heading: str, icon: str, lines: Iterable[Line], url: str, nothing: str) -> Card:
    found = list(lines)
    return Card(heading, icon, found[:_SHOWN], len(found), url, nothing)
