"""What the doors answer."""

import datetime as dt
import uuid

import msgspec

from fitness.accounts.models import SignIn, User
from fitness.accounts.sign_ins import Tokens


class ToldOut(msgspec.Struct, frozen=True):
    """What happens now, in words for the member: the same whether an account exists or not."""

    detail: str


class JoinedOut(ToldOut, frozen=True):
    """The answer to every registration, whether the address was new or known."""

    email: str


class MemberOut(msgspec.Struct, frozen=True):
    """``is_verified``: the address is known to be theirs, so that they may buy and be ranked."""

    id: uuid.UUID
    email: str
    is_verified: bool


class TokensOut(msgspec.Struct, frozen=True):
    """Send ``access`` as bearer token; trade ``refresh`` for the next pair, once."""

    access: str
    refresh: str


class SignedInOut(TokensOut, frozen=True):
    """The tokens, and who they are for."""

    user: MemberOut


class SessionOut(msgspec.Struct, frozen=True):
    """A phone or browser that is signed in.

    ``kind`` is ``phone`` or ``browser``. ``last_used_at`` moves when a phone's tokens are renewed
    and when a browser opens a page.
    """

    id: uuid.UUID
    kind: str
    device: str
    address: str | None
    started_at: dt.datetime
    last_used_at: dt.datetime
    is_current: bool


def tokens_out(tokens: Tokens) -> TokensOut:
    return TokensOut(access=tokens.access, refresh=tokens.refresh)


def signed_in_out(tokens: Tokens, user: User) -> SignedInOut:
    member = MemberOut(id=user.uid, email=user.email, is_verified=user.verified_at is not None)
    return SignedInOut(access=tokens.access, refresh=tokens.refresh, user=member)


def session_out(sign_in: SignIn, *, current: uuid.UUID) -> SessionOut:
    return SessionOut(
        id=sign_in.uid,
        kind="phone",
        device=sign_in.device,
        address=sign_in.address,
        started_at=sign_in.started_at,
        last_used_at=sign_in.rotated_at,
        is_current=sign_in.uid == current,
    )
