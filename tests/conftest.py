"""What every test may ask for. The database is a real PostgreSQL, ours unless one is named."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from config.devservices.postgres import EmbeddedPostgres
from config.env import env
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.database import add_what_migrations_add
from tests.parts import pytest_collection_modifyitems  # noqa: F401 - a hook


@pytest.fixture(scope="session", autouse=True)
def postgres() -> Iterator[None]:
    """The embedded server, for as long as the tests run, unless ``DATABASE_URL`` names another."""
    if env("DATABASE_URL", default=""):
        yield
        return
    server = EmbeddedPostgres(settings.VAR, name="test", fsync=False)
    server.start()
    yield
    server.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    postgres: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Tables straight from the models; one slow test walks the migrations instead."""
    with django_db_blocker.unblock():
        add_what_migrations_add()


@pytest.fixture
def member() -> User:
    return factories.member()


@pytest.fixture
def editor() -> User:
    return factories.editor()


@pytest.fixture
def api(member: User) -> ApiClient:
    """A phone on which ``member`` is signed in."""
    return ApiClient(user=member)


@pytest.fixture
def visitor() -> ApiClient:
    """A phone on which nobody is signed in."""
    return ApiClient()
