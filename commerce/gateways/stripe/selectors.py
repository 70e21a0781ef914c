"""Whose Stripe customer this is, and which of our products Stripe means."""

from djstripe.models import Customer

from commerce.catalog.models import Product

_PREFIX = "fitcore_"


def member_of(customer_id: str) -> int | None:
    """The member behind a Stripe customer; ``None`` when it is no customer of ours."""
    member: int | None = (
        Customer.objects.filter(id=customer_id).values_list("subscriber_id", flat=True).first()
    )
    return member


def customer_of(user_id: int) -> str | None:
    """The member's Stripe customer, if one was made in the mode we sell in."""
    customer: str | None = (
        Customer.objects.filter(subscriber_id=user_id, date_purged=None)
        .order_by("djstripe_id")
        .values_list("id", flat=True)
        .first()
    )
    return customer


def customers_of(user_id: int) -> list[str]:
    """Every Stripe customer that was made for the member, deleted ones too."""
    made = Customer.objects.filter(subscriber_id=user_id).order_by("djstripe_id")
    return list(made.values_list("id", flat=True))


def stripe_product_id(product: Product) -> str:
    """The product's id at Stripe, which we choose: prices may change, this never does."""
    return f"{_PREFIX}{product.slug}"


def product_of(stripe_id: str) -> Product | None:
    """Our product of this Stripe id, on sale or not."""
    if not stripe_id.startswith(_PREFIX):
        return None
    return Product.objects.filter(slug=stripe_id.removeprefix(_PREFIX)).first()
