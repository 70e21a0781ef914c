"""After two weeks nothing is left of a member: not in any table, and not in any file."""

import datetime as dt
import io
import shutil
import uuid

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, PageLogEntry
from wagtail.users.models import UserProfile

from api.core.models import AnsweredRequest
from cms.home.models import HomePage
from commerce.billing.models import LedgerEntry
from commerce.entitlements.services import set_rights
from config.leaving import pictures_of
from fitness.accounts.avatars import set_avatar
from fitness.accounts.mails import send
from fitness.accounts.models import User
from fitness.leaderboards.models import Period, Standing
from fitness.leaderboards.selectors import board, place_of
from fitness.privacy.models import Closure, How, Kind
from fitness.privacy.services.closing import close_account
from fitness.privacy.services.consents import record_consent
from fitness.privacy.services.erasing import erasing
from fitness.privacy.services.exports import ask_for_export, build_export
from fitness.privacy.tasks import see_to_closures
from fitness.training.models import Workout, WorkoutLog
from tests import factories
from tests.api.client import ApiClient
from tests.fitness.traces import all_files, pointers_to, whole_database
from tests.queue import drain

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
ADDRESS = f"{CANARY}@example.com"


def erase(closure: Closure, *, stop_after: int | None = None) -> int:
    """Run the erasure, or have it die after a number of committed steps; how many there were."""
    done = 0
    for done, _ in enumerate(erasing(uid=closure.uid, now=closure.due_at), start=1):
        if done == stop_after:
            break
    return done


@pytest.fixture
def canary() -> User:
    """A member with their name in every corner, and no files of earlier tests."""
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        shutil.rmtree(root, ignore_errors=True)
    user = factories.member(alias=CANARY, name=f"Anna {CANARY}", is_on_boards=True)
    user.email, user.first_name, user.last_name = ADDRESS, CANARY, CANARY
    user.is_staff = True
    user.save()
    now = timezone.now()
    EmailAddress.objects.create(user=user, email=f"second.{ADDRESS}")
    SocialAccount.objects.create(
        user=user, provider="google", uid=f"g-{CANARY}", extra_data={"name": CANARY}
    )
    own = factories.workout(videos=1, exercises=1, title=CANARY)
    Workout.objects.filter(pk=own.pk).update(owner=user, path="", is_published=False)
    factories.session(user=user, at=now - dt.timedelta(hours=3), note=CANARY)
    record_consent(
        user_id=user.pk, kind=Kind.HEALTH, version="2026-11", is_given=True, how=How.WEB, now=now
    )
    set_rights(
        user_id=user.pk,
        source=f"gift:{CANARY}",
        keys=["premium"],
        starts_at=now,
        ends_at=None,
        now=now,
    )
    AnsweredRequest.objects.create(
        user=user, key=CANARY, fingerprint="f" * 64, status=201, body=CANARY.encode()
    )
    ApiClient(user=user).get("/api/users/profile")
    Client().force_login(user)
    picture = io.BytesIO()
    Image.new("RGB", (600, 600), "yellow").save(picture, "PNG")
    set_avatar(user_id=user.pk, sent=picture.getvalue())
    _write_as_staff(user)
    build_export.call(str(ask_for_export(user_id=user.pk, now=now).uid))
    send.enqueue("Hello", f"Dear {CANARY}", "", ADDRESS)
    return user


def _write_as_staff(user: User) -> None:
    profile = UserProfile.get_for_user(user)
    profile.avatar.save(f"{CANARY}.png", ContentFile(CANARY.encode()))
    page = Page.objects.get(depth=1).add_child(
        instance=HomePage(
            title="A page", hero_title="A page", slug="a-page", owner=user, locked_by=user
        )
    )
    page.save_revision(user=user, log_action=True)
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=user,
        content_type=about,
        object_id=str(user.pk),
        object_repr=ADDRESS,
        action_flag=CHANGE,
    )
    LogEntry.objects.create(
        user=factories.editor(),
        content_type=about,
        object_id=str(user.pk),
        object_repr=ADDRESS,
        action_flag=CHANGE,
    )
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Page),
        object_id="1",
        object_repr="A page",
        action_flag=CHANGE,
    )


def test_the_canary_is_everywhere_before(canary: User) -> None:
    tables = {table for table, row in whole_database() if CANARY in row.lower()}

    assert {
        "accounts_user",
        "accounts_profile",
        "account_emailaddress",
        "socialaccount_socialaccount",
        "training_workoutlog",
        "entitlements_entitlement",
        "privacy_auditentry",
        "django_admin_log",
        "wagtailusers_userprofile",
    } <= tables
    assert any(CANARY.encode() in content for _, content in all_files())


def test_nothing_is_left_of_an_erased_member(canary: User) -> None:
    uid = str(canary.uid)
    assert pictures_of(canary.pk)
    closure = close_account(user_id=canary.pk, now=timezone.now())
    pictures = pictures_of(canary.pk)
    drain()
    with time_machine.travel(closure.due_at + dt.timedelta(minutes=1), tick=True):
        see_to_closures.call()
        drain()

    words = (CANARY, uid, uid.replace("-", ""))
    left = [
        (table, row)
        for table, row in whole_database()
        if any(word in row.lower() for word in words)
    ]
    assert left == []
    assert [
        path for path, content in all_files() if CANARY.encode() in content or CANARY in path
    ] == []
    assert pictures
    assert not any(default_storage.exists(file) for file in pictures)
    assert pointers_to(canary.pk) == []
    assert not User.objects.filter(pk=canary.pk).exists()
    assert Closure.objects.get().erased_at is not None


def test_wherever_the_work_stops_it_goes_on_to_the_end(canary: User) -> None:
    closure = close_account(user_id=canary.pk, now=timezone.now())
    drain()
    deaths = 0

    while Closure.objects.get().erased_at is None:
        deaths += 1
        erase(closure, stop_after=deaths)

    assert deaths > 3
    assert erase(closure) == 0
    assert pointers_to(canary.pk) == []


def test_before_its_day_nothing_is_erased(canary: User) -> None:
    closure = close_account(user_id=canary.pk, now=timezone.now())

    steps = list(erasing(uid=closure.uid, now=closure.due_at - dt.timedelta(seconds=1)))

    assert steps == []


def test_pages_keep_their_history_without_their_author(canary: User) -> None:
    closure = close_account(user_id=canary.pk, now=timezone.now())

    erase(closure)

    page = HomePage.objects.get(slug="a-page")
    revision = page.latest_revision
    assert (page.owner, revision.user, revision.content["owner"]) == (None, None, None)
    assert revision.as_object().title == "A page"
    assert PageLogEntry.objects.filter(page=page.pk, user=None).exists()
    assert LogEntry.objects.get(object_repr="A page").user.email.endswith("@erased.invalid")


def test_films_stay_without_whoever_uploaded_them(canary: User) -> None:
    film = factories.video(uploader=canary)
    closure = close_account(user_id=canary.pk, now=timezone.now())

    erase(closure)

    film.refresh_from_db()
    assert film.uploader is None


def test_nobody_else_moves_on_a_board_of_the_past() -> None:
    day = timezone.now().date() - dt.timedelta(days=21)
    starts_on = Period.WEEK.span(day)[0]
    members = [factories.member(is_on_boards=True) for _ in range(4)]
    for number, user in enumerate(members):
        Standing.objects.create(
            user=user,
            period=Period.WEEK,
            starts_on=starts_on,
            points=100 - number,
            reached_at=timezone.now(),
            is_listed=True,
        )
    before = [place_of(user_id=user.pk, period=Period.WEEK, day=day).rank for user in members]

    erase(close_account(user_id=members[1].pk, now=timezone.now()))

    after = [place_of(user_id=user.pk, period=Period.WEEK, day=day).rank for user in members]
    names = [row.public_name for row in board(period=Period.WEEK, day=day)]
    assert (before, after) == ([1, 2, 3, 4], [1, None, 3, 4])
    assert names[1] == "A member"


def test_books_stay_and_name_nobody(member: User) -> None:
    LedgerEntry.objects.create(
        user=member,
        store="stripe",
        external_id="pi_1",
        kind="payment",
        source="stripe:sub_1",
        amount_minor=999,
        currency="eur",
        occurred_at=timezone.now(),
    )

    erase(close_account(user_id=member.pk, now=timezone.now()))

    entry = LedgerEntry.objects.get()
    assert (entry.user_id, entry.amount_minor) == (None, 999)


def test_the_address_is_free_again(canary: User) -> None:
    erase(close_account(user_id=canary.pk, now=timezone.now()))

    answer = ApiClient().post_json(
        "/api/auth/register", {"email": ADDRESS, "password": "another long sentence"}
    )

    assert answer.status_code in {201, 202}
    assert User.objects.get(email=ADDRESS).pk != canary.pk


def test_a_thousand_sessions_are_erased_a_handful_at_a_time(member: User) -> None:
    WorkoutLog.objects.bulk_create(
        WorkoutLog(
            user=member,
            client_id=uuid.uuid4(),
            title="x",
            occurred_at=timezone.now(),
            time_zone="UTC",
            local_day=timezone.now().date(),
            duration_seconds=60,
        )
        for _ in range(1200)
    )
    closure = close_account(user_id=member.pk, now=timezone.now())

    steps = list(erasing(uid=closure.uid, now=closure.due_at))

    assert steps.count("training.WorkoutLog") == 3
    assert not WorkoutLog.objects.exists()
