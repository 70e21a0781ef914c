"""What trainers' pages show."""

from typing import TYPE_CHECKING, Any

from cms.core import access, structured
from cms.core.cards import PageCard
from cms.core.covers import cover_from
from cms.core.seo import Seo
from cms.workouts.cards import cards_of, shelf

if TYPE_CHECKING:
    from cms.trainers.models import TrainerPage

_WORKOUTS = 12


def trainer_context(page: "TrainerPage", *, seo: Seo, user_id: int | None) -> dict[str, Any]:
    """A trainer, and the newest of their workouts: one query, whatever they made."""
    theirs = page.workouts.live().filter(alias_of=None).values("translation_key")
    workouts = shelf(user_id=user_id).filter(uid__in=theirs)[:_WORKOUTS]
    return {
        "card": trainer_card(page),
        "about": [structured.person(page, seo=seo), *structured.questions(page.gated_body)],
        "workouts": cards_of(workouts),
        "body": access.story_html(page),
    }


def trainer_card(page: "TrainerPage") -> PageCard:
    """A trainer as they stand in a list."""
    return PageCard(
        title=page.title,
        url=page.url or "",
        cover=cover_from(page.cover_image),
        introduction=page.introduction,
        kicker=page.role,
        facts="",
        tier="",
    )
