"""What some members told and kept: a weight a day, and a few favourites."""

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

from bench.data.chance import at, drawn_uuid
from fitness.accounts.models import User
from fitness.body.models import Weight
from fitness.favorites.models import Favorite, Kind
from fitness.training.models import Workout

_TELLING = 500  # the members who read, in ``bench.rows``
_DAYS, _FAVORITES = 60, 12
_MORNING = 7 * 60


def add_kept(
    *, members: Sequence[User], workouts: Sequence[Workout], today: dt.date, chance: random.Random
) -> None:
    telling = members[:_TELLING]
    Weight.objects.bulk_create(
        (
            Weight(
                user=member,
                client_id=drawn_uuid(chance),
                weight_kg=Decimal(chance.randint(6000, 9000)) / 100,
                occurred_at=at(today - dt.timedelta(days=back), _MORNING),
                time_zone=member.profile.time_zone,
                local_day=today - dt.timedelta(days=back),
            )
            for member in telling
            for back in range(1, _DAYS)
        ),
        batch_size=2000,
    )
    Favorite.objects.bulk_create(
        (
            Favorite(user=member, kind=Kind.WORKOUT, target=workout.uid)
            for member in telling
            for workout in chance.sample(list(workouts), _FAVORITES)
        ),
        batch_size=2000,
    )
