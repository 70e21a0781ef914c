"""What waits in the editors' house: a text to approve, one with a day, and films on their way."""

import datetime as dt
from typing import Final

from wagtail.models import Page

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.media.models import Caption, Chapter, Transcript
from cms.media.transcoding.services import ask_for_transcode
from config.demo.people import EDITOR, WRITER
from fitness.accounts.models import User
from fitness.training.models import Category, Video

_STREAMED: Final = 3
_DAYS_AHEAD: Final = 3
_SUBMITTED: Final = "Why the last rep counts"
_SCHEDULED: Final = "A week without the gym"
_SAID: Final = (
    (0, 3, "Welcome. Find a place where you can stretch out your arms."),
    (3, 7, "Move slowly at first, and breathe out on the way up."),
    (7, 12, "Stay with the figure. When it rests, you rest."),
)


def furnish(*, now: dt.datetime) -> None:
    """Give editors, moderators and the first page something to do; again changes nothing."""
    _submit(_draft(_SUBMITTED, by=WRITER), by=WRITER)
    _schedule(_draft(_SCHEDULED, by=EDITOR), at=now + dt.timedelta(days=_DAYS_AHEAD))
    for video in Video.objects.order_by("duration_seconds", "pk")[:_STREAMED]:
        _caption(video)
        if not hasattr(video, "transcode"):
            ask_for_transcode(video=video, now=now)


def _draft(title: str, *, by: str) -> ArticlePage | None:
    """A text that nobody has published yet; ``None`` if it was there already."""
    if Page.objects.filter(title=title).exists():
        return None
    page = ArticlePage(
        title=title,
        introduction="What happens when nobody counts for you, and how to keep counting anyway.",
        category=Category.objects.order_by("position").first(),
        search_description="How to keep training when nobody counts for you.",
        body=[
            (
                "text",
                "<p>Most of it is decided before you start: when, where, and for how long.</p>",
            )
        ],
        live=False,
    )
    ArticleIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=User.objects.get(email=by))
    return page


def _submit(page: ArticlePage | None, *, by: str) -> None:
    if page is not None:
        page.get_workflow().start(page, User.objects.get(email=by))


def _schedule(page: ArticlePage | None, *, at: dt.datetime) -> None:
    if page is not None:
        page.go_live_at = at
        page.save_revision().publish()


def _caption(video: Video) -> None:
    said = [text for _, _, text in _SAID]
    lines = [f"00:{start:02}.000 --> 00:{end:02}.000\n{text}" for start, end, text in _SAID]
    Caption.objects.get_or_create(
        video=video,
        language="en",
        defaults={"label": "English", "text": "\n\n".join(["WEBVTT", *lines])},
    )
    Transcript.objects.get_or_create(video=video, defaults={"text": "\n".join(said)})
    for start, title in ((0, "Get ready"), (7, "Go")):
        Chapter.objects.get_or_create(video=video, start_seconds=start, defaults={"title": title})
