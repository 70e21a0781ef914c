"""Turns: whoever changes what is derived of a member holds that member's streak."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef

from fitness.accounts.models import Profile
from fitness.accounts.selectors import as_clocks, zone_changes_of
from fitness.accounts.services import profile_of
from fitness.core.clock import Clock, was_too_short
from fitness.streaks.models import Streak


@dataclass(frozen=True, slots=True)
class HeldStreak:
    """A member's streak, held until the transaction ends, with the profile and clocks it
    is told by."""

    streak: Streak
    profile: Profile
    clocks: Sequence[Clock]

    @property
    def user_id(self) -> int:
        return self.profile.user_id

    def is_neutral(self, day: dt.date) -> bool:
        """Whether ``day`` existed too briefly for the member to count as missed."""
        return len(self.clocks) > 1 and was_too_short(self.clocks, day)


def lock_streak(*, user_id: int) -> HeldStreak:
    """Let the caller be the only one to change what is derived of this member.

    One query once the row exists; the first fact of a member's life makes it.
    """
    streak = _locked(user_id)
    if streak is None:
        profile_of(user_id=user_id)
        Streak.objects.get_or_create(user_id=user_id)
        streak = _locked(user_id)
    assert streak is not None  # noqa: S101  (made above, and only erasure removes it)
    profile = streak.user.profile
    return HeldStreak(streak, profile, as_clocks(profile, vars(streak)["zone_changes"]))


def _locked(user_id: int) -> Streak | None:
    return (
        Streak.objects.select_for_update(of=("self",))
        .select_related("user__profile")
        .annotate(zone_changes=zone_changes_of(OuterRef("user")))
        .filter(user_id=user_id, user__profile__isnull=False)
        .first()
    )
