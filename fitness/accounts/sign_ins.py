"""Signing phones in, keeping them signed in, and ending that.

A refresh token is traded once. A reply that got lost is asked for again within the grace time
and gets the very same pair; a spent token that comes later is in two hands, and ends the sign-in.
"""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from fitness.accounts.mails import mail_about_reuse
from fitness.accounts.models import EndReason, SignIn, SignInQuerySet, User
from fitness.accounts.tokens import (
    Claims,
    TokenRefusedError,
    access_token,
    password_mark,
    read_refresh_token,
    refresh_token,
)
from fitness.core.errors import MissingError

# A phone asks again as soon as it has a network; a thief seldom comes within the minute.
GRACE = dt.timedelta(seconds=60)
_UNUSED_FOR = dt.timedelta(days=60)
_AT_MOST = dt.timedelta(days=365)
_DEVICE_LENGTH = 120

_log = logging.getLogger(__name__)


class NoSuchSignInError(MissingError):
    code = "no_such_session"


@dataclass(frozen=True, slots=True)
class Tokens:
    """``access`` opens the API for ten minutes, ``refresh`` is traded for the next pair."""

    access: str
    refresh: str


def start_sign_in(
    *, user: User, device: str, address: str | None, now: dt.datetime, factor: int | None = None
) -> Tokens:
    """Sign a phone in: one query. Whether it may is settled before."""
    sign_in = SignIn.objects.create(
        user=user,
        device=device[:_DEVICE_LENGTH],
        address=address or None,
        password_mark=password_mark(user),
        factor=factor,
        started_at=now,
        rotated_at=now,
        expires_at=now + _UNUSED_FOR,
    )
    _log.info("sign_in_started", extra={"user_id": user.pk})
    return _pair(sign_in, user)


def trade(*, token: str, now: dt.datetime) -> Tokens:
    """The next pair for a refresh token: two queries.

    Of many that trade the same token at once one moves the sign-in on, and all get that pair.
    Raises ``TokenRefusedError``; a spent token also ends the sign-in and mails the member.
    """
    uid, generation = read_refresh_token(token)
    is_ours = (
        SignIn.objects.live_at(now)
        .filter(uid=uid, generation=generation)
        .update(generation=generation + 1, rotated_at=now, expires_at=now + _UNUSED_FOR)
    )
    sign_in = SignIn.objects.select_related("user").filter(uid=uid).first()
    if sign_in is None or not _is_live(sign_in, now):
        raise TokenRefusedError("This sign-in has ended; sign in again.")
    is_repeat = sign_in.generation == generation + 1 and now - sign_in.rotated_at <= GRACE
    if not is_ours and not is_repeat:
        _end_reused(sign_in, now)
        raise TokenRefusedError("This refresh token was used before; sign in again.")
    return _pair(sign_in, sign_in.user)


def renew(*, user: User, uid: uuid.UUID, now: dt.datetime) -> Tokens:
    """Keep one phone signed in after the member changed the password on it."""
    sign_in = SignIn.objects.select_for_update().live_at(now).get(user=user, uid=uid)
    sign_in.password_mark = password_mark(user)
    sign_in.generation += 1
    sign_in.rotated_at = now
    sign_in.save(update_fields=["password_mark", "generation", "rotated_at"])
    return _pair(sign_in, user)


def sign_out(*, user_id: int, token: str, now: dt.datetime) -> None:
    """End the sign-in of a refresh token, whatever its generation; twice is once."""
    uid, _ = read_refresh_token(token)
    _end(SignIn.objects.of(user_id).filter(uid=uid), EndReason.SIGNED_OUT, now)


def end_sign_in(*, user_id: int, uid: uuid.UUID, now: dt.datetime) -> None:
    """End one of the member's phones. Raises ``NoSuchSignInError``."""
    if not _end(SignIn.objects.of(user_id).filter(uid=uid), EndReason.ENDED, now):
        raise NoSuchSignInError("There is no such session.")


def end_sign_ins(
    *, user_id: int, now: dt.datetime, reason: str, except_uid: uuid.UUID | None = None
) -> int:
    """End all phones of the member at once, access tokens included, but one; how many ended."""
    ending = SignIn.objects.of(user_id)
    if except_uid is not None:
        ending = ending.exclude(uid=except_uid)
    return _end(ending, reason, now)


def forget_sign_ins(*, before: dt.datetime) -> None:
    """Delete what ended or ran out before then; until then it tells who was signed in."""
    SignIn.objects.filter(Q(ended_at__lt=before) | Q(expires_at__lt=before)).delete()


def _is_live(sign_in: SignIn, now: dt.datetime) -> bool:
    """Whether it goes on, as far as its row, its member and their password say."""
    return (
        sign_in.ended_at is None
        and now < min(sign_in.expires_at, sign_in.started_at + _AT_MOST)
        and sign_in.user.is_active
        and sign_in.password_mark == password_mark(sign_in.user)
    )


@transaction.atomic
def _end_reused(sign_in: SignIn, now: dt.datetime) -> None:
    if _end(SignIn.objects.filter(pk=sign_in.pk), EndReason.REUSED, now):
        _log.warning("refresh_token_reused", extra={"user_id": sign_in.user_id})
        mail_about_reuse.enqueue(sign_in.pk)


def _end(sign_ins: SignInQuerySet, reason: str, now: dt.datetime) -> int:
    return sign_ins.filter(ended_at=None).update(ended_at=now, end_reason=reason)


def _pair(sign_in: SignIn, user: User) -> Tokens:
    claims = Claims(user.uid, sign_in.uid, sign_in.password_mark)
    return Tokens(
        access=access_token(claims, issued_at=sign_in.rotated_at),
        refresh=refresh_token(sign_in.uid, sign_in.generation),
    )
