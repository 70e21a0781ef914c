"""A library and its members, made up the same way every time and written in bulk."""

import datetime as dt
import random

from django.db import transaction

from bench.data import agreement, found, kept, library, members, pages, sessions, shop
from bench.size import Size

_SEED = 20


@transaction.atomic
def fill(size: Size, *, today: dt.date) -> None:
    """Fill an empty database; points, streaks and boards agree with what the rules would give."""
    chance = random.Random(_SEED)
    workouts = library.add_workouts(count=size.workouts, today=today, chance=chance)
    people = members.add_members(count=size.members, today=today, chance=chance)
    sessions.add_sessions(members=people, workouts=workouts, today=today, chance=chance)
    kept.add_kept(members=people, workouts=workouts, today=today, chance=random.Random(_SEED))
    shop.add_offers(workouts=workouts, chance=chance)
    shop.add_rights(members=people, today=today)
    pages.add_pages(workouts=workouts, today=today, chance=random.Random(_SEED))
    found.add_documents(
        count=size.workouts * found.DOCUMENTS_A_WORKOUT, today=today, chance=random.Random(_SEED)
    )
    agreement.check(members=people)
