"""Members with profiles and clocks. Nobody can sign in by password: tokens are minted."""

import datetime as dt
import random

from bench.data.chance import at, drawn_uuid
from fitness.accounts.models import Profile, User, ZoneChange

_ZONES = ("UTC", "Europe/Berlin", "America/New_York")
_MEMBER_FOR_DAYS = 60
_LISTED_SHARE = 0.6
_UNUSABLE = "!"


def address(number: int) -> str:
    return f"member{number}@fitcore.example"


def add_members(*, count: int, today: dt.date, chance: random.Random) -> list[User]:
    """Members in three time zones; six of ten are on the boards. Each comes with the profile."""
    joined = at(today - dt.timedelta(days=_MEMBER_FOR_DAYS), 0)
    members = User.objects.bulk_create(
        [
            User(
                email=address(number),
                password=_UNUSABLE,
                uid=drawn_uuid(chance),
                verified_at=joined,
            )
            for number in range(count)
        ],
        batch_size=2000,
    )
    for number, member in enumerate(members):
        member.profile = Profile(
            user=member,
            name=f"Member {number}",
            alias=f"Mover {number}",
            time_zone=_ZONES[number % len(_ZONES)],
            is_on_boards=chance.random() < _LISTED_SHARE,
        )
    Profile.objects.bulk_create([member.profile for member in members], batch_size=2000)
    ZoneChange.objects.bulk_create(
        [
            ZoneChange(user=member, at=joined, time_zone=member.profile.time_zone)
            for member in members
        ],
        batch_size=2000,
    )
    return members
