"""The stand-in, running, and the real SDK that talks to it."""

from collections.abc import Iterator

import pytest
from stripe import StripeClient

from config.devservices.stripe import StripeStandIn
from tests.devservices.goods import client_of


@pytest.fixture
def stand_in() -> Iterator[StripeStandIn]:
    running = StripeStandIn(retry_seconds=(0.05,))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def client(stand_in: StripeStandIn) -> StripeClient:
    return client_of(stand_in)
