"""Who may do what at each address below ``/api/``: the table that the tests walk.

A route that is missing here fails them; so does one that is here and nowhere else.
"""

import uuid
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils import timezone

NEW_PASSWORD = "an entirely new sentence"
SET = {"duration_s": 600}


class Who(Enum):
    """For whom an address is there."""

    ANYBODY = "answers visitors"
    MEMBER = "acts on whoever asks, and on nobody else"
    STAFF = "is for whoever may enter the editors' admin"
    OWNER = "names a thing that only its owner may know of"


@dataclass(frozen=True)
class Access:
    who: Who
    bodies: dict[str, Any] = field(default_factory=dict)


def anybody(**bodies: Any) -> Access:
    return Access(Who.ANYBODY, bodies)


def member(**bodies: Any) -> Access:
    return Access(Who.MEMBER, bodies)


def staff(**bodies: Any) -> Access:
    return Access(Who.STAFF, bodies)


def owner(**bodies: Any) -> Access:
    return Access(Who.OWNER, bodies)


_DISPLAY = {"units": "metric", "language": "en"}
_PROFILE: dict[str, Any] = {
    **_DISPLAY, "name": "A", "birth_date": None, "time_zone": "UTC", "day_starts_at": 0, "sex": "",
    "height_cm": None, "activity_level": "", "diet": "everything", "allergens": [], "goal": "",
    "target_weight_kg": None, "goal_minutes_a_day": 30, "goal_workouts_a_week": 3,
}  # fmt: skip
_SETTINGS: dict[str, Any] = {**_DISPLAY, "alias": "A", "is_on_boards": False, "reminders": []}
_WEIGHING = {
    "client_id": str(uuid.UUID(int=3)), "weight_kg": 70,
    "occurred_at": timezone.now().isoformat(),
}  # fmt: skip
_FAVORITE = {"kind": "workout", "target": str(uuid.UUID(int=1))}
_CHECKOUT = {"offer": str(uuid.UUID(int=1))}
_SESSION = {
    "client_id": str(uuid.UUID(int=2)),
    "occurred_at": timezone.now().isoformat(),
    **SET,
}
_WATCHED = {
    "video": str(uuid.UUID(int=1)), "percent": 1, "position_s": 1,
    "watched_at": timezone.now().isoformat(),
}  # fmt: skip
_WORKOUT_PAGE = {"title": "A", "teaser": "B"}
_JOIN = {"email": "matrix@example.com", "password": NEW_PASSWORD}

MATRIX: dict[str, Access] = {
    "api/auth/register": anybody(POST=_JOIN),
    "api/auth/signup": anybody(POST=_JOIN),
    "api/auth/verify-email": anybody(POST={"key": "x"}),
    "api/auth/verify-email/resend": anybody(POST={"email": "matrix@example.com"}),
    "api/auth/login": anybody(POST=_JOIN),
    "api/auth/refresh-token": anybody(POST={"refresh": "x"}),
    "api/auth/logout": member(POST={"refresh": "x"}),
    "api/auth/password-reset": anybody(POST={"email": "matrix@example.com"}),
    "api/auth/password-reset/confirm": anybody(POST={"key": "x", "password": NEW_PASSWORD}),
    "api/auth/password-change": member(
        POST={"old_password": "not the password", "new_password": NEW_PASSWORD}
    ),
    "api/auth/sessions": member(),
    "api/auth/sessions/<uuid:uid>": owner(),
    "api/auth/social": member(),
    "api/auth/social/google": anybody(POST={"id_token": "x"}),
    "api/auth/social/google/link": member(POST={"id_token": "x"}),
    "api/auth/social/apple": anybody(POST={"identity_token": "x", "nonce": "x"}),
    "api/auth/social/apple/link": member(POST={"identity_token": "x", "nonce": "x"}),
    "api/auth/social/<int:account_id>": owner(),
    "api/users/profile": member(PUT=_PROFILE, PATCH=_PROFILE),
    "api/users/profile/avatar": member(PUT={}),
    "api/users/weights": member(POST=_WEIGHING),
    "api/users/weights/<uuid:uid>": owner(PUT={"weight_kg": 70}),
    "api/users/progress": member(),
    "api/users/favorites": member(POST=_FAVORITE),
    "api/users/favorites/<uuid:uid>": owner(),
    "api/users/dashboard": member(),
    "api/users/settings": member(PUT=_SETTINGS, PATCH=_SETTINGS),
    "api/users/consents": member(PUT={"kind": "health", "is_given": True, "version": "2026-11"}),
    "api/users/export": member(POST={}),
    "api/users/me": member(DELETE={"password": "not the password"}),
    "api/workouts": anybody(),
    "api/workouts/categories": anybody(),
    "api/workouts/featured": anybody(),
    "api/workouts/search": anybody(),
    "api/workouts/logs": member(),
    "api/workouts/logs/<uuid:uid>": owner(PUT=SET),
    "api/workouts/<uuid:uid>": owner(),
    "api/workouts/<uuid:uid>/videos": owner(),
    "api/workouts/<uuid:uid>/progress": owner(POST=_WATCHED),
    "api/workouts/<uuid:uid>/log": owner(POST=_SESSION),
    "api/exercises": anybody(),
    "api/exercises/<uuid:uid>": anybody(),
    "api/content/articles": anybody(),
    "api/content/articles/<uuid:uid>": anybody(),
    "api/content/tutorials": anybody(),
    "api/content/tutorials/<uuid:uid>": anybody(),
    "api/content/programmes": anybody(),
    "api/content/programmes/<uuid:uid>": anybody(),
    "api/content/search": anybody(),
    "api/content/playback/<uuid:uid>": member(),
    "api/admin/workouts": staff(POST=_WORKOUT_PAGE),
    "api/admin/workouts/<uuid:uid>": staff(PUT=_WORKOUT_PAGE, PATCH=_WORKOUT_PAGE),
    "api/admin/workouts/<uuid:uid>/publication": staff(),
    "api/admin/workouts/<uuid:uid>/review": staff(POST={}),
    "api/admin/videos": staff(POST={"title": "A"}),
    "api/admin/videos/<uuid:uid>": staff(PUT={"title": "A"}),
    "api/admin/uploads": staff(POST={"name": "a.mp4", "size": 1, "head": ""}),
    "api/admin/uploads/<str:token>": staff(),
    "api/admin/uploads/<str:token>/finish": staff(POST={}),
    "api/admin/uploads/<str:token>/<int:offset>": staff(PUT={}),
    "api/streak": member(),
    "api/leaderboard/weekly": member(),
    "api/leaderboard/monthly": member(),
    "api/payments/products": anybody(),
    "api/payments/subscriptions": member(POST=_CHECKOUT),
    "api/payments/subscriptions/<uuid:uid>/cancel": owner(POST={}),
    "api/payments/purchases": member(POST=_CHECKOUT),
    "api/payments/entitlements": member(),
    "api/payments/webhooks/stripe": anybody(POST={}),
    "api/schema": anybody(),
    "api/docs": anybody(),
    "api/": anybody(),
}
# Reading these needs no sign-in, though the ids that the matrix sends are somebody's own.
PUBLIC_READS = {"api/workouts/<uuid:uid>", "api/workouts/<uuid:uid>/videos"}
