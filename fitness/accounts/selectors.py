"""What is asked about a member's account."""

from fitness.accounts.models import Profile, User, ZoneChange
from fitness.core.clock import Clock
from fitness.core.prepared import PreparedInstance

_ACTIVE = PreparedInstance(
    User,
    "profile",
    lambda user_id: User.objects.filter(pk=user_id, is_active=True),
    "user_id",
)


def active_member(user_id: int) -> User | None:
    """The member with their profile, unless the account is closed or gone; one query."""
    return _ACTIVE.first(user_id=user_id)


def clocks_of(profile: Profile) -> list[Clock]:
    """Every clock the member has lived by, in order; one query. Never empty."""
    changes = ZoneChange.objects.filter(user_id=profile.user_id).order_by("at")
    clocks = [
        Clock(zone=change.time_zone, day_starts_at=change.day_starts_at, since=change.at)
        for change in changes
    ]
    return clocks or [current_clock(profile)]


def current_clock(profile: Profile) -> Clock:
    """The clock the member lives by now; no query."""
    return Clock(zone=profile.time_zone, day_starts_at=profile.day_starts_at)
