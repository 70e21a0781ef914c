"""A site on which everything that is locked says that it is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.media.models import Caption, Chapter, Transcript
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as pages
from tests.cms.private_files import document
from tests.queue import drain

# In each text, name and file that is behind the gate, and nowhere else.
NEEDLE = "zqcanary"
BEHIND = [
    "body-workout", "body-article", "body-programme", "body-tutorial", "quote", "step", "faq",
    "call", "alt", "figure", "picture", "link", "plan", "content", "film", "story-film", "said",
    "label", "chapter", "transcript",
]  # fmt: skip


def hidden(name: str) -> str:
    assert name in BEHIND
    return f"{NEEDLE}-{name}"


@dataclass(frozen=True)
class World:
    """The locked pages by kind, and what stands on them."""

    pages: dict[str, Any]
    film: Video
    story_film: Video
    document: Any
    image: Any

    @property
    def uids(self) -> list[str]:
        found = [page.translation_key for page in self.pages.values()]
        return [str(uid) for uid in [*found, self.film.uid, self.story_film.uid]]


_KINDS: list[tuple[str, Any, Any]] = [
    (
        "workout",
        pages.workout_page,
        lambda film, _, __: {"chosen": [film], "cover_image": pages.image(), "is_featured": True},
    ),
    ("article", pages.article_page, lambda *_: {"cover_image": pages.image()}),
    ("tutorial", pages.tutorial_page, lambda film, _, __: {"video": film}),
    ("programme", pages.programme_page, lambda _, __, made: {"workouts": [made["workout"]]}),
]


def build() -> World:
    """A workout, an article, a programme and a tutorial that have to be bought, and one more."""
    film, story_film = _film("film", "A film"), _film("story-film", hidden("story-film"))
    plan = document(content=hidden("content").encode(), name=f"{hidden('plan')}.pdf")
    image = pages.image(name=hidden("picture"))
    made: dict[str, Any] = {}
    for kind, make, more in _KINDS:
        fields = more(film, story_film, made)
        body = _body(hidden(f"body-{kind}"), image, plan, story_film)
        made[kind] = make(title=f"Locked {kind}", access="purchase", body=body, **fields)
    drain()
    return World(made, film, story_film, plan, image)


def _film(name: str, title: str) -> Video:
    video = factories.video(title=title)
    video.file.save(f"{hidden(name)}.mp4", ContentFile(b"moving pictures"))
    said = f"WEBVTT\n\n00:00.000 --> 00:04.000\n{hidden('said')}\n"
    Caption.objects.create(video=video, language="en", label=hidden("label"), text=said)
    Chapter.objects.create(video=video, start_seconds=1, title=hidden("chapter"))
    Transcript.objects.create(video=video, text=hidden("transcript"))
    return video


def _body(words: str, image: Any, plan: Any, film: Video) -> list[dict[str, Any]]:
    link = f'<p><a linktype="document" id="{plan.pk}">{hidden("link")}</a></p>'
    picture = {"image": image.pk, "alt_text": hidden("alt"), "decorative": False}
    faq = {"heading": "Q", "questions": [{"question": hidden("faq"), "answer": "<p>A</p>"}]}
    call = {"heading": hidden("call"), "label": "Go", "url": "https://example.com/"}
    return [
        {"type": "text", "value": f"<p>{words}</p>{link}"},
        {"type": "image", "value": {"image": picture, "caption": hidden("figure")}},
        {"type": "video", "value": film.pk},
        {"type": "quote", "value": {"text": hidden("quote"), "source": "Me"}},
        {"type": "step", "value": {"heading": hidden("step"), "text": "<p>Sit.</p>"}},
        {"type": "faq", "value": faq},
        {"type": "call_to_action", "value": call},
    ]


STRANGERS = ("free", "expired", "refunded", "elsewhere")


def locked_out() -> dict[str, User | None]:
    """Everybody who may not open any of it."""
    now = timezone.now()
    people = {name: factories.member() for name in STRANGERS}
    pages.give(people["expired"], PREMIUM, days=-1)
    set_rights(
        user_id=people["refunded"].pk, source="test", keys=[PREMIUM], now=now, revoked_at=now,
        starts_at=now - dt.timedelta(days=3), ends_at=now + dt.timedelta(days=30),
    )  # fmt: skip
    other = pages.article_page(title="Another", access="purchase", body=pages.story("Other."))
    pages.give(people["elsewhere"], other.entitlement_key)
    return {"visitor": None, **people}


def entitled() -> User:
    user = factories.member()
    pages.give(user, PREMIUM)
    return user
