"""What the demo sells: two plans and one workout."""

from commerce.catalog.models import Interval, Kind, Offer, Product
from commerce.checkout.services import sync_catalog
from config.demo.content.reading import Content
from config.demo.names import uid
from config.demo.progress import Say
from fitness.core.errors import DomainError
from fitness.training.models import Access, workout_key

PREMIUM = "premium"
_GROUP = "premium"
_CURRENCY = "eur"
_MONTHLY, _YEARLY, _SINGLE = 999, 7999, 499


def open_shop(content: Content, *, seed: int, say: Say) -> None:
    """Make products and prices, here and at Stripe; what is on sale already stays as it is."""
    for interval, price, title, description in (
        (
            Interval.MONTH,
            _MONTHLY,
            "Premium, monthly",
            "Every workout and article, month by month.",
        ),
        (
            Interval.YEAR,
            _YEARLY,
            "Premium, yearly",
            "A year of everything for the price of eight months.",
        ),
    ):
        plan, _ = Product.objects.get_or_create(
            slug=f"premium-{interval}ly",
            defaults={
                "kind": Kind.SUBSCRIPTION,
                "title": title,
                "description": description,
                "group": _GROUP,
                "opens": [PREMIUM],
            },
        )
        _price(plan, price=price, interval=interval)
    for workout in content.workouts:
        if workout.access == Access.PURCHASE:
            single, _ = Product.objects.get_or_create(
                slug=f"workout-{workout.slug}",
                defaults={
                    "kind": Kind.ONE_TIME,
                    "title": workout.title,
                    "description": "This workout, bought once and kept.",
                    "opens": [workout_key(uid(seed=seed, name=f"page:{workout.slug}"))],
                },
            )
            _price(single, price=_SINGLE, interval=Interval.NONE)
    _list_at_stripe(say)


def _price(product: Product, *, price: int, interval: Interval) -> None:
    Offer.objects.get_or_create(
        lookup_key=product.slug,
        defaults={
            "product": product,
            "price_minor": price,
            "currency": _CURRENCY,
            "interval": interval,
        },
    )


def _list_at_stripe(say: Say) -> None:
    """The pages do without Stripe, buying does not."""
    try:
        sync_catalog()
    except DomainError as error:
        say(f"prices are not at Stripe ({error}): run `manage.py sync_catalog` once it answers")
