"""What every test may ask for. The database is a real PostgreSQL, ours unless one is named."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.signals import pre_migrate
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from config.devservices.postgres import EmbeddedPostgres
from config.env import env
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.database import add_extensions, add_what_migrations_add
from tests.parts import pytest_collection_modifyitems  # noqa: F401 - a hook


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded server, unless ``DATABASE_URL`` names another; workers share it."""
    pre_migrate.connect(add_extensions)
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if not env("DATABASE_URL", default=""):
        server = EmbeddedPostgres(settings.VAR, name="test", fsync=False)
        server.start()
        config.add_cleanup(server.stop)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tables straight from the models; one slow test walks the migrations instead."""
    with django_db_blocker.unblock():
        add_what_migrations_add()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that really commits ends with empty tables; the next one finds what migrations add."""
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            add_what_migrations_add()
            connections.close_all()


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
