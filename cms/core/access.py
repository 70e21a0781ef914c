"""The one way from a page to the decision who may open it, and from there to its body.

A gated page offers ``access``, ``entitlement_key`` and ``gated_body`` (its blocks). Pages,
feeds, structured data and previews come through here, so that a locked body is absent from
what they render and not just hidden in it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from cms.core.previewing import pretended_in
from cms.media.selectors import transcripts_of
from commerce.catalog.selectors import OfferCard, offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import NO_RIGHTS, Decision, body_for, decide, may_open
from fitness.training.models import Access

TIERS: dict[str, str] = {
    Access.FREE: "Free",
    Access.MEMBER: "Members",
    Access.PREMIUM: "Premium",
    Access.PURCHASE: "Premium",
}


class Gated(Protocol):
    """A page whose body may be locked."""

    @property
    def access(self) -> str: ...
    @property
    def entitlement_key(self) -> str: ...
    @property
    def gated_body(self) -> Iterable[Any]: ...


def decision_for(page: Gated, *, request: HttpRequest, now: dt.datetime) -> Decision:
    """Whether whoever asks may open the page now: at most one query.

    An editor's preview asks for the one whom it pretends.
    """
    pretended = pretended_in(request)
    if pretended is not None:
        return pretended.decision_for(page)
    return may_open(user_id=request.user.pk, item=page, now=now)


def body_html(page: Gated, decision: Decision) -> SafeString:
    """The page's body as HTML, or nothing for whoever may not open it.

    One query for what is said in its videos, if there are any.
    """
    blocks = body_for(page, decision)
    videos = [block.value for block in blocks if block.block_type == "video" and block.value]
    around = {"page": page, "transcripts": transcripts_of(videos)}
    return mark_safe("".join(block.render_as_block(around) for block in blocks))  # noqa: S308


def story_html(page: Gated) -> SafeString:
    """The story of a page that is open to everyone; nothing of one that is not."""
    return body_html(page, _for_visitors(page))


def open_blocks(page: Gated) -> list[Any]:
    """The blocks that everyone may read, search included; none of a page that is not open."""
    return body_for(page, _for_visitors(page))


def _for_visitors(page: Gated) -> Decision:
    return decide(item=page, rights=NO_RIGHTS, is_member=False)


def offers_for(page: Gated, decision: Decision) -> list[OfferCard]:
    """What would open the page for somebody who may not; nothing where signing in is enough."""
    if decision.granted or decision.reason == "sign_in":
        return []
    return offers_opening(keys=[PREMIUM, page.entitlement_key])
