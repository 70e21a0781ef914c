import pytest

from commerce.catalog.models import Offer
from tests.commerce import goods
from tests.stripe import shop, stand_in

__all__ = ["shop", "stand_in"]


@pytest.fixture
def monthly() -> Offer:
    """A subscription on sale."""
    return goods.monthly()
