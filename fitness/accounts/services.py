"""What changes a member's account."""

import datetime as dt

from django.db import transaction

from fitness.accounts.models import Profile, User, ZoneChange


def profile_of(*, user_id: int) -> Profile:
    """The member's profile, made on first use whichever door the account came in by."""
    return Profile.objects.get_or_create(user_id=user_id)[0]


@transaction.atomic
def register(*, user: User, time_zone: str, now: dt.datetime) -> Profile:
    """Give a new member a profile with the clock of the phone or browser they came with."""
    profile, created = Profile.objects.get_or_create(
        user=user, defaults={"time_zone": time_zone or "UTC"}
    )
    if created:
        _remember_clock(profile, now)
    return profile


@transaction.atomic
def change_profile(*, user_id: int, changes: dict[str, object], now: dt.datetime) -> Profile:
    """Set the given fields; a new zone or start of day cuts the member's days from ``now`` on."""
    profile_of(user_id=user_id)
    profile = Profile.objects.select_for_update().get(user_id=user_id)
    clock = (profile.time_zone, profile.day_starts_at)
    for field, value in changes.items():
        setattr(profile, field, value)
    profile.save(update_fields=[*changes, "updated_at"])
    if (profile.time_zone, profile.day_starts_at) != clock:
        _remember_clock(profile, now)
    return profile


def _remember_clock(profile: Profile, now: dt.datetime) -> None:
    ZoneChange.objects.update_or_create(
        user_id=profile.user_id,
        at=now,
        defaults={"time_zone": profile.time_zone, "day_starts_at": profile.day_starts_at},
    )
