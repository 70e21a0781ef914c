"""The one test that walks the migrations, from nothing to today."""

import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from config.env import env
from tests.config.running_queue import database_url

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NAME = "fitcore_from_zero"


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database with nothing in it."""
    at = connection.settings_dict
    server = psycopg.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"],
        dbname="postgres", autocommit=True,
    )  # fmt: skip
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    server.execute(drop)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    yield database_url(name=NAME)
    server.execute(drop)
    server.close()


def manage(address: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=settings.ROOT,
        env={
            **env.ENVIRON,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_empty_database_becomes_todays_and_all_migrations_are_there(
    empty_database: str,
) -> None:
    manage(empty_database, "migrate", "--verbosity", "0")

    manage(empty_database, "migrate", "--check")
    manage(empty_database, "makemigrations", "--check", "--dry-run")
    asked = (
        "from wagtail.models import Page, Site; print(Page.objects.count(), Site.objects.count())"
    )
    assert manage(empty_database, "shell", "--no-imports", "-c", asked).split()[-1] == "1"
    asked = (
        "from wagtail.models import GroupApprovalTask, WorkflowPage;"
        "names = lambda groups: ','.join(sorted(group.name for group in groups));"
        "from django.contrib.auth.models import Group; print(names(Group.objects.all()),"
        "names(GroupApprovalTask.objects.get().groups.all()), WorkflowPage.objects.count())"
    )
    assert manage(empty_database, "shell", "--no-imports", "-c", asked).split()[-3:] == [
        "Admins,Editors,Moderators,Trainers", "Admins,Moderators", "1",
    ]  # fmt: skip
