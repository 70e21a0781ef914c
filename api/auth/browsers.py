"""The browsers a member is signed in on, as the apps see them beside the phones."""

import datetime as dt
import uuid

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from api.auth.answers import SessionOut
from fitness.accounts.models import User
from fitness.core.errors import MissingError

_NAMES = uuid.UUID("5f0f4b1c-3a57-4d0b-9f5e-7d8f1c2b6a90")
_MOST = 100


def browsers_of(user: User, *, now: dt.datetime) -> list[SessionOut]:
    """The newest of them first, at most 100; two queries, one where there is none."""
    return [_browser_out(browser) for browser in _live(user, now=now)]


def end_browser(user: User, *, uid: uuid.UUID, now: dt.datetime) -> None:
    """Sign one browser out at once. Raises ``MissingError``."""
    for browser in _live(user, now=now):
        if _uid_of(browser) == uid:
            browser.end()
            return
    raise MissingError("There is no such session.")


def _live(user: User, *, now: dt.datetime) -> list[UserSession]:
    """Those whose session still opens something: not one that ended, or of an older password."""
    known = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")[:_MOST]
    by_key = {browser.session_key: browser for browser in known}
    if not by_key:
        return []
    proof = user.get_session_auth_hash()
    sessions = Session.objects.filter(pk__in=by_key, expire_date__gt=now)
    opening = {
        session.pk
        for session in sessions
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), proof)
    }
    return [browser for key, browser in by_key.items() if key in opening]


def _browser_out(browser: UserSession) -> SessionOut:
    return SessionOut(
        id=_uid_of(browser),
        kind="browser",
        device=browser.user_agent,
        address=browser.ip,
        started_at=browser.created_at,
        last_used_at=browser.last_seen_at,
        is_current=False,
    )


def _uid_of(browser: UserSession) -> uuid.UUID:
    """A name for the list of one member; the key of the session stays a secret."""
    return uuid.uuid5(_NAMES, str(browser.pk))
