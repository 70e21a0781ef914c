"""What changes a member's account."""

import datetime as dt
import uuid

from django.db import transaction

from fitness.accounts.models import EndReason, Profile, User, ZoneChange
from fitness.accounts.sign_ins import end_sign_ins


def profile_of(*, user_id: int) -> Profile:
    """The member's profile, made on first use whichever door the account came in by."""
    return Profile.objects.get_or_create(user_id=user_id)[0]


def profile_beside(user: User) -> Profile:
    """The profile of whoever asks: no query where it was read together with them."""
    return user.profile if hasattr(user, "profile") else profile_of(user_id=user.pk)


def hold_profile(*, user_id: int) -> Profile:
    """The profile and its member, held until the transaction ends: a member takes turns."""
    rows = Profile.objects.select_related("user").filter(user_id=user_id)
    held = rows.select_for_update(of=("self",))
    profile = held.first()
    if profile is None:
        profile_of(user_id=user_id)
        profile = held.get()
    return profile


@transaction.atomic
def register(*, user: User, time_zone: str, now: dt.datetime, name: str = "") -> Profile:
    """Give a new member a profile with the clock of the phone or browser they came with."""
    profile, created = Profile.objects.get_or_create(
        user=user, defaults={"time_zone": time_zone or "UTC", "name": name}
    )
    if created:
        _remember_clock(profile, now)
    return profile


@transaction.atomic
def change_profile(*, user_id: int, changes: dict[str, object], now: dt.datetime) -> Profile:
    """Set the given fields; a new zone or start of day cuts the member's days from ``now`` on."""
    profile = hold_profile(user_id=user_id)
    clock = (profile.time_zone, profile.day_starts_at)
    for field, value in changes.items():
        setattr(profile, field, value)
    profile.save(update_fields=[*changes, "updated_at"])
    if (profile.time_zone, profile.day_starts_at) != clock:
        _remember_clock(profile, now)
    return profile


def mark_verified(*, user_id: int, now: dt.datetime) -> bool:
    """The member has shown that the address is theirs; whether that is news."""
    return bool(User.objects.filter(pk=user_id, verified_at=None).update(verified_at=now))


def change_password(
    *, user: User, password: str, now: dt.datetime, except_uid: uuid.UUID | None = None
) -> None:
    """Set a password that was checked before; every phone but one is signed out.

    Browsers are signed out by Django, whose sessions carry a mark of the password as well.
    """
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sign_ins(user_id=user.pk, now=now, reason=EndReason.PASSWORD, except_uid=except_uid)


def _remember_clock(profile: Profile, now: dt.datetime) -> None:
    ZoneChange.objects.update_or_create(
        user_id=profile.user_id,
        at=now,
        defaults={"time_zone": profile.time_zone, "day_starts_at": profile.day_starts_at},
    )
