"""A small stateful Stripe for demos and tests; the real SDK and dj-stripe talk to it unchanged."""

from config.devservices.stripe.control import LoggedCall
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.standin import PortTakenError, StripeStandIn

__all__ = ["ApiError", "LoggedCall", "PortTakenError", "StripeStandIn"]
