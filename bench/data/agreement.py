"""The made-up figures, held against the services that keep real ones."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from bench.errors import BenchError
from fitness.accounts.models import User
from fitness.leaderboards.models import Standing
from fitness.leaderboards.services import sum_up
from fitness.streaks import rules
from fitness.streaks.locks import lock_streak
from fitness.streaks.selectors import run_of
from fitness.streaks.services import rederive
from fitness.training.models import WorkoutLog

_SAMPLE = 20


def check(*, members: Sequence[User]) -> None:
    """Raise ``BenchError`` unless a sample's points, streaks and standings are the real ones."""
    for member in members[:: max(1, len(members) // _SAMPLE)]:
        if not _agrees(member):
            raise BenchError(f"The figures of {member} are not what the rules give.")


def _agrees(member: User) -> bool:
    days = set(WorkoutLog.objects.of(member.pk).values_list("local_day", flat=True))
    with transaction.atomic():
        held = lock_streak(user_id=member.pk)
        replayed = rules.replay(days, held.is_neutral)
        kept = _standings(member)
        changed = rederive(held=held, since=dt.date.min)
        sum_up(profile=member.profile, days=days)
        return run_of(held.streak) == replayed.run and not changed and _standings(member) == kept


def _standings(member: User) -> set[tuple[object, ...]]:
    rows = Standing.objects.filter(user=member)
    return set(rows.values_list("period", "starts_on", "points", "reached_at", "is_listed"))
