"""What search engines are told about a page in schema.org's words (JSON-LD).

Everything here comes from what the page shows to everyone, and from the blocks that the gate let
through: of a locked page nothing is told that a visitor does not see. No video has an address.
"""

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags

from cms.core.cards import WorkoutCard
from cms.core.seo import Seo
from fitness.training.models import Video

type Thing = dict[str, Any]

# What the templates put around whatever the gate may keep back.
_GATED = ".gated"
_FIRST_PAGE = 2
_HOUSE: Thing = {"@type": "Organization", "name": "FitCore"}


def crumbs(page: Any, request: HttpRequest | None) -> Thing | None:
    """Where a page stands, from the first page of the site down: at most one query."""
    if page.depth is None or page.depth <= _FIRST_PAGE:
        return None
    above = page.above or page.get_ancestors().filter(depth__gte=_FIRST_PAGE)
    places = [(found.title, found.get_full_url(request)) for found in [*above, page]]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(places, start=1)
            if address
        ],
    }


def article(page: Any, *, seo: Seo) -> Thing:
    """A text: when it came and changed, and whether everybody may read it."""
    return _gated(page, {**_work("Article", seo), "headline": seo.title, **_dates(page)})


def workout(
    card: WorkoutCard, page: Any, *, seo: Seo, videos: Iterable[tuple[Video, bool]]
) -> Thing:
    """A workout and its videos; each says whether it is a sample that anyone may watch."""
    told = _work("ExercisePlan", seo) | _dates(page)
    told["exerciseType"] = card.category
    told["intensity"] = card.difficulty
    told["activityDuration"] = f"PT{card.minutes}M" if card.minutes else ""
    films = [film(video, seo=seo, is_free=is_free) for video, is_free in videos]
    return _gated(page, told | {"video": films})


def programme(page: Any, *, seo: Seo, workouts: Sequence[WorkoutCard]) -> Thing:
    """A programme and the workouts that it is made of."""
    told = _work("ExercisePlan", seo) | _dates(page)
    told["activityDuration"] = f"P{page.weeks}W"
    told["activityFrequency"] = f"{len(workouts)} sessions in {page.weeks} weeks"
    told["intensity"] = page.get_difficulty_display()
    return _gated(page, told)


def tutorial(page: Any, *, seo: Seo, blocks: Iterable[Any], video: Video | None) -> Thing:
    """How something is done; the steps are those that the gate let through."""
    told = _work("HowTo", seo) | _dates(page)
    told["step"] = [
        {
            "@type": "HowToStep",
            "name": block.value["heading"],
            "text": plain(block.value["text"]),
        }
        for block in blocks
        if block.block_type == "step"
    ]
    told["video"] = film(video, seo=seo, is_free=page.access == "free") if video else None
    return _gated(page, told)


def person(page: Any, *, seo: Seo) -> Thing:
    """A trainer and what they are."""
    told = {"@type": "Person", "name": page.title, "jobTitle": page.role}
    return _told(told | {"image": seo.image, "url": seo.canonical, "worksFor": _HOUSE})


def questions(blocks: Iterable[Any]) -> list[Thing]:
    """The questions of a story that the gate let through, or nothing."""
    asked = [
        {
            "@type": "Question",
            "name": item["question"],
            "acceptedAnswer": {"@type": "Answer", "text": plain(item["answer"])},
        }
        for block in blocks
        if block.block_type == "faq"
        for item in block.value["questions"]
    ]
    return [{"@type": "FAQPage", "mainEntity": asked}] if asked else []


def film(video: Video, *, seo: Seo, is_free: bool) -> Thing:
    """A video as the page shows it to everyone: its address is nobody's to know."""
    return _told(
        {
            "@type": "VideoObject",
            "name": video.title,
            "description": video.description or seo.description,
            "thumbnailUrl": seo.image,
            "uploadDate": video.created_at.isoformat(),
            "duration": f"PT{video.duration_seconds}S" if video.duration_seconds else "",
            "isAccessibleForFree": is_free,
        }
    )


def plain(rich: Any) -> str:
    """The words of rich text."""
    words = strip_tags(str(rich.source).replace("<", " <"))
    return " ".join(html.unescape(words).split())


def _work(kind: str, seo: Seo) -> Thing:
    return {
        "@type": kind,
        "name": seo.title,
        "description": seo.description,
        "image": seo.image,
        "mainEntityOfPage": seo.canonical,
        "author": _HOUSE,
        "publisher": _HOUSE,
    }


def _dates(page: Any) -> Thing:
    return {
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
    }


def _day(at: dt.datetime | None) -> str:
    return at.isoformat() if at else ""


def _gated(page: Any, told: Thing) -> Thing:
    is_free = page.access == "free"
    told = told | {"isAccessibleForFree": is_free}
    if not is_free:
        told["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": _GATED,
        }
    return _told(told)


def _told(told: Thing) -> Thing:
    """Without what is not known."""
    return {name: value for name, value in told.items() if value not in ("", None, [])}
