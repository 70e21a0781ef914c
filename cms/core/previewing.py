"""Pages as somebody else sees them: whom an editor's preview pretends to be.

A preview is asked for in the admin alone. It asks the gate as everyone does, with the rights of
the one whom it pretends, and nothing of the editor's own rights shows through. Nothing in it can
be sent or played: it is looked at.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.csp import CSP

from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import Decision, Item, decide
from fitness.accounts.models import User

_VISITOR, _MEMBER, _PREMIUM, _BUYER = "visitor", "free", "premium", "buyer"
PREVIEW_MODES = [
    (_PREMIUM, "As a Premium member"),
    (_MEMBER, "As a free member"),
    (_VISITOR, "As a visitor"),
]
GATED_PREVIEW_MODES = [*PREVIEW_MODES, (_BUYER, "As somebody who bought this alone")]

_SEEN_AS = {
    _VISITOR: "a visitor",
    _MEMBER: "a free member",
    _PREMIUM: "a Premium member",
    _BUYER: "somebody who bought this alone",
}
# Wagtail's checks of a preview draw with inline styles.
_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.NONE],
    "connect-src": [CSP.NONE],
    "form-action": [CSP.NONE],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


@dataclass(frozen=True, slots=True)
class Pretended:
    """Whom a preview pretends to be, and which editor looks at it."""

    mode: str
    editor: object

    @property
    def seen_as(self) -> str:
        return _SEEN_AS[self.mode]

    def decision_for(self, item: Item) -> Decision:
        """What the gate says to the one who is pretended: no query."""
        rights = {_PREMIUM: {PREMIUM}, _BUYER: {item.entitlement_key}}.get(self.mode, set())
        return decide(item=item, rights=rights, is_member=self.mode != _VISITOR)


def pretend(request: HttpRequest, mode: str) -> None:
    """Make a preview's request that of the one it pretends; an unknown mode is a visitor's.

    The member is in no table, has done nothing and holds nothing.
    """
    mode = mode if mode in _SEEN_AS else _VISITOR
    request.pretended = Pretended(mode, editor=request.user)  # type: ignore[attr-defined]
    request.user = (
        AnonymousUser()
        if mode == _VISITOR
        else User(email="member@example.com", first_name="Mia", verified_at=timezone.now())
    )


def pretended_in(request: HttpRequest) -> Pretended | None:
    """Whom the request pretends to be; nobody in all but previews."""
    found: Pretended | None = getattr(request, "pretended", None)
    return found


def keep_private(response: HttpResponse) -> HttpResponse:
    """A preview is kept by nobody, and nothing in it acts."""
    response["Cache-Control"] = "private, no-store"
    response._csp_config = _POLICY  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_override
    return response
