"""What is for sale, and who bought it."""

import datetime as dt
import random
from collections.abc import Sequence

from bench.data.chance import at, drawn_uuid
from commerce.catalog.models import Interval, Kind, Offer, Product
from commerce.entitlements.models import PREMIUM, Entitlement
from fitness.accounts.models import User
from fitness.training.models import Access, Workout

_PREMIUM_EVERY = 10  # members


def is_premium(number: int) -> bool:
    return number % _PREMIUM_EVERY == 0


def add_offers(*, workouts: Sequence[Workout], chance: random.Random) -> None:
    """Two plans that open everything, and each workout that is sold alone."""
    plans = [
        _product(f"premium-{interval}", Kind.SUBSCRIPTION, PREMIUM)
        for interval in (Interval.MONTH, Interval.YEAR)
    ]
    alone = [
        _product(workout.slug, Kind.ONE_TIME, workout.entitlement_key)
        for workout in workouts
        if workout.access == Access.PURCHASE
    ]
    Product.objects.bulk_create([*plans, *alone])
    intervals = [Interval.MONTH, Interval.YEAR, *(Interval.NONE for _ in alone)]
    Offer.objects.bulk_create(
        Offer(
            uid=drawn_uuid(chance),
            product=product,
            lookup_key=product.slug,
            external_id=f"price_{product.slug}",
            price_minor=999,
            currency="eur",
            interval=interval,
        )
        for product, interval in zip([*plans, *alone], intervals, strict=True)
    )


def add_rights(*, members: Sequence[User], today: dt.date) -> None:
    """Every tenth member is premium."""
    Entitlement.objects.bulk_create(
        Entitlement(
            user=member,
            key=PREMIUM,
            source=f"bench:{number}",
            starts_at=at(today - dt.timedelta(days=20), 0),
            ends_at=at(today + dt.timedelta(days=10), 0),
        )
        for number, member in enumerate(members)
        if is_premium(number)
    )


def _product(slug: str, kind: Kind, opens: str) -> Product:
    is_plan = kind == Kind.SUBSCRIPTION
    return Product(
        slug=slug,
        kind=kind,
        title="FitCore Premium" if is_plan else "One workout, for good",
        group="premium" if is_plan else "",
        opens=[opens],
    )
