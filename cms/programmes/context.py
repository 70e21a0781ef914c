"""What programmes' pages show to whoever asks."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from cms.core import access, structured
from cms.core.cards import PageCard, WorkoutCard
from cms.core.covers import cover_from
from cms.core.seo import Seo
from cms.workouts.cards import NO_CATEGORY_HUE, cards_of, shelf
from cms.workouts.models import WorkoutPage
from commerce.entitlements.selectors import body_for

if TYPE_CHECKING:
    from cms.programmes.models import ProgrammePage


@dataclass(frozen=True, slots=True)
class Session:
    """A day of a week, and what is trained on it."""

    day: int
    card: WorkoutCard


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of one week, in order."""

    number: int
    sessions: list[Session]


def programme_context(
    page: "ProgrammePage", *, request: HttpRequest, seo: Seo, now: dt.datetime
) -> dict[str, Any]:
    """A programme for this visitor: a locked one comes without the coach's guidance."""
    decision = access.decision_for(page, request=request, now=now)
    weeks = weeks_of(page, user_id=request.user.pk)
    sessions = [session for week in weeks for session in week.sessions]
    return {
        "card": programme_card(page),
        "about": [
            structured.programme(page, seo=seo, workouts=[session.card for session in sessions]),
            *structured.questions(body_for(page, decision)),
        ],
        "hue": page.category.hue if page.category else NO_CATEGORY_HUE,
        "difficulty": page.get_difficulty_display(),
        "teaser": page.teaser,
        "decision": decision,
        "offers": access.offers_for(page, decision),
        "body": access.body_html(page, decision),
        "weeks": weeks,
        "session_count": len(sessions),
        "minutes": sum(session.card.minutes for session in sessions),
        "first": sessions[0].card if sessions else None,
    }


def weeks_of(page: "ProgrammePage", *, user_id: int | None) -> list[Week]:
    """The weeks with the workouts that visitors can see: two queries for any number.

    An alias of a workout is the workout itself.
    """
    places = sorted(page.sessions.all(), key=lambda place: (place.week, place.day))
    uids = dict(
        WorkoutPage.objects.filter(pk__in=[place.workout_id for place in places])
        .annotate(uid=Coalesce(F("alias_of__translation_key"), F("translation_key")))
        .values_list("pk", "uid")
    )
    workouts = shelf(user_id=user_id).filter(uid__in=set(uids.values()))
    cards = {card.uid: card for card in cards_of(workouts)}
    shown = [
        (place.week, Session(place.day, cards[uids[place.workout_id]]))
        for place in places
        if uids.get(place.workout_id) in cards
    ]
    return [
        Week(number, [session for _, session in sessions])
        for number, sessions in groupby(shown, key=lambda pair: pair[0])
    ]


def programme_card(page: "ProgrammePage") -> PageCard:
    """A programme as it stands in a list; never with anything from its body."""
    return PageCard(
        title=page.title,
        url=page.url or "",
        cover=cover_from(page.cover_image),
        introduction=page.introduction,
        kicker=f"{page.weeks} week{'' if page.weeks == 1 else 's'}",
        facts=page.get_difficulty_display(),
        tier=access.TIERS[page.access],
    )
