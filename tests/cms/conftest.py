import pytest
from django.test import Client

from cms.home.models import HomePage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages
from tests.stripe import shop, stand_in

__all__ = ["shop", "stand_in"]


@pytest.fixture
def site() -> HomePage:
    """The home page, with an empty library and no articles."""
    return pages.home()


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    """A browser in which ``member`` is signed in."""
    client.force_login(member)
    return client


@pytest.fixture
def admin(client: Client) -> Client:
    """A browser in which an editor is signed in."""
    client.force_login(factories.editor())
    return client
