"""Search follows what is published through rollbacks, crashes and races."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.search import healing
from cms.search.documents import told_of_page
from cms.search.models import Document, Word
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_search_index import is_found, of
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_a_publish_that_is_rolled_back_leaves_search_as_it_was() -> None:
    page = pages.article_page(title="As it was")
    page.title = "As it never was"

    with transaction.atomic():
        pages.publish(page)
        transaction.set_rollback(True)

    assert of(page).title == "As it was"
    assert not Word.objects.filter(text="never").exists()


def test_search_mends_itself() -> None:
    lost, late, gone = pages.workout_page(), pages.article_page(), pages.article_page()
    exercise = factories.exercise()
    Document.objects.filter(page=lost.pk).delete()
    Document.objects.filter(exercise=exercise).delete()
    ArticlePage.objects.filter(pk=late.pk).update(
        title="Newer", last_published_at=timezone.now() + dt.timedelta(minutes=1)
    )
    Page.objects.filter(pk=gone.pk).update(live=False)
    moved = pages.article_page(slug="moved")
    Document.objects.filter(page=moved.pk).update(path="/elsewhere/moved/")

    mended = healing.heal()

    assert mended == 5
    assert of(moved).path == "/articles/moved/"
    assert is_found(lost)
    assert of(late).title == "Newer"
    assert not is_found(gone)
    assert Document.objects.filter(exercise=exercise).exists()
    assert healing.heal() == 0


def test_rebuilding_writes_everything_anew(capsys: pytest.CaptureFixture[str]) -> None:
    page = pages.article_page(title="Sleep")
    Document.objects.update(title_words="nonsense")
    Word.objects.create(text="leftover")

    call_command("rebuild_search")

    assert capsys.readouterr().out == "1 things can be found.\n"
    assert of(page).title_words == "sleep"
    assert not Word.objects.filter(text="leftover").exists()


def test_what_is_trained_much_is_popular(member: Any) -> None:
    page = pages.workout_page()
    workout = factories.Workout.objects.get(uid=page.translation_key)
    for days in range(3):
        at = timezone.now() - dt.timedelta(days=days, hours=2)
        factories.session(user=member, at=at, workout=workout)

    healing.count_popularity()

    assert of(page).popularity == 3


def test_publishing_writes_search_in_few_statements(django_assert_max_num_queries: Any) -> None:
    page = pages.article_page()
    told_of_page(page)

    with django_assert_max_num_queries(12):
        from cms.search.indexing import refresh_page

        refresh_page(page.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_search_says_what_the_page_says() -> None:
    page = pages.article_page(title="Start")

    def publish(number: int) -> None:
        mine = ArticlePage.objects.get(pk=page.pk)
        mine.title = f"Edition {number}"
        pages.publish(mine)

    at_once(publish, threads=6)

    assert of(page).title == ArticlePage.objects.get(pk=page.pk).title
