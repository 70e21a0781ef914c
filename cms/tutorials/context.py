"""What tutorials' pages show to whoever asks."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cms.core import access, structured
from cms.core.cards import PageCard
from cms.core.covers import cover_from
from cms.core.seo import Seo
from cms.core.watching import watched_on
from cms.media.selectors import transcript_of
from cms.workouts.cards import NO_CATEGORY_HUE, newest_workouts
from commerce.entitlements.selectors import body_for

if TYPE_CHECKING:
    from cms.tutorials.models import TutorialPage

_RELATED = 3


def tutorial_context(
    page: "TutorialPage", *, request: HttpRequest, seo: Seo, now: dt.datetime
) -> dict[str, Any]:
    """A tutorial for this visitor: a locked one comes without steps and without its film."""
    decision = access.decision_for(page, request=request, now=now)
    video = page.video if decision.granted else None
    blocks = body_for(page, decision)
    return {
        "card": tutorial_card(page),
        "about": [
            structured.tutorial(page, seo=seo, blocks=blocks, video=page.video),
            *structured.questions(blocks),
        ],
        "hue": page.category.hue if page.category else NO_CATEGORY_HUE,
        "teaser": page.teaser,
        "decision": decision,
        "offers": access.offers_for(page, decision),
        "body": access.body_html(page, decision),
        "film": watched_on(page, video, transcript=transcript_of(video)) if video else None,
        "related": newest_workouts(
            category_id=page.category_id, limit=_RELATED, user_id=request.user.pk
        ),
    }


def tutorial_card(page: "TutorialPage") -> PageCard:
    """A tutorial as it stands in a list; never with anything from its body."""
    return PageCard(
        title=page.title,
        url=page.url or "",
        cover=cover_from(page.cover_image),
        introduction=page.introduction,
        kicker="",
        facts=page.get_difficulty_display(),
        tier=access.TIERS[page.access],
    )
