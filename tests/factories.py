"""Rows for tests. Only what matters to a test is written in it; the rest is made up here."""

import datetime as dt
import itertools
import uuid
from typing import Any

from django.core.files.base import ContentFile

from config.roles import ADMIN, EDITOR, MODERATOR, TRAINER, give_role
from fitness.accounts.models import User
from fitness.accounts.services import register
from fitness.privacy.models import How, Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.services.consents import record_consent
from fitness.tracking.services import log_workout
from fitness.training import services as training
from fitness.training.models import Category, Exercise, Video, Workout, WorkoutLog

_numbers = itertools.count(1)
PASSWORD = "a long enough sentence"
JOINED = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)


def member(*, time_zone: str = "UTC", **profile: Any) -> User:
    """A member with a profile; keyword arguments are fields of the profile."""
    number = next(_numbers)
    user = User.objects.create_user(f"member{number}@example.com", PASSWORD, verified_at=JOINED)
    made = register(user=user, time_zone=time_zone, now=JOINED)
    for field, value in {"alias": f"Member {number}", **profile}.items():
        setattr(made, field, value)
    made.save()
    user.profile = made
    return user


def agree_to_health(user: User) -> None:
    """The member lets us keep health data."""
    record_consent(
        user_id=user.pk,
        kind=Kind.HEALTH,
        version=TEXTS[Kind.HEALTH].version,
        is_given=True,
        how=How.APP,
        now=JOINED,
    )


def editor() -> User:
    """Somebody who makes content and publishes it, as in a small house."""
    user = _staff("editor", EDITOR)
    give_role(user, MODERATOR)
    return user


def writer() -> User:
    """An editor who submits what a moderator then publishes."""
    return _staff("writer", EDITOR)


def moderator() -> User:
    """Somebody who approves and publishes."""
    return _staff("moderator", MODERATOR)


def trainer() -> User:
    """Somebody who writes the workouts of their own page, once a page has their account."""
    return _staff("trainer", TRAINER)


def admin() -> User:
    """Somebody who looks after members, plans and rights, and is no superuser."""
    return _staff("admin", ADMIN)


def _staff(name: str, role: str) -> User:
    email = f"{name}{next(_numbers)}@example.com"
    user = User.objects.create_user(email, PASSWORD, verified_at=JOINED)
    give_role(user, role)
    return user


def category(**fields: Any) -> Category:
    number = next(_numbers)
    return Category.objects.create(
        **{"slug": f"category-{number}", "name": f"Category {number}", "position": number} | fields
    )


def exercise(**fields: Any) -> Exercise:
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"exercise-{number}",
        "name": f"Exercise {number}",
        "instructions": "Stand.\nMove.",
        "muscles": ["core"],
    }
    return Exercise.objects.create(**values | fields)


def video(*, content: bytes = b"moving pictures", **fields: Any) -> Video:
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": f"Video {number}",
        "duration_seconds": 600,
        "width": 854,
        "height": 480,
    }
    made = Video(**values | fields)
    made.file.save(f"video-{number}.mp4", ContentFile(content), save=False)
    made.save()
    return made


def workout(*, videos: int = 0, samples: int = 0, exercises: int = 0, **fields: Any) -> Workout:
    """An editorial workout in the library; the first ``samples`` of its videos are free."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "uid": uuid.uuid4(),
        "title": f"Workout {number}",
        "slug": f"workout-{number}",
        "path": f"/workouts/workout-{number}/",
        "introduction": "What it is about.",
        "teaser": "What waits inside.",
        "gated_body": [{"type": "tip", "value": "The secret part."}],
        "category_id": None,
        "difficulty": "beginner",
        "equipment": ["mat"],
        "access": "free",
        "cover": {},
        "cover_alt": "",
        "is_featured": False,
        "published_at": JOINED + dt.timedelta(minutes=number),
        "videos": [
            training.PlacedVideo(video_id=video().pk, is_free=place < samples)
            for place in range(videos)
        ],
        "exercises": [
            training.PlacedExercise(
                exercise_id=exercise().pk, sets=3, reps=12, seconds=None, rest_seconds=30
            )
            for _ in range(exercises)
        ],
    }
    return training.publish_workout(**values | fields)


def session(
    *, user: User, at: dt.datetime, minutes: int = 30, now: dt.datetime | None = None, **fields: Any
) -> WorkoutLog:
    """A session that the member logged when it was over."""
    return log_workout(
        user_id=user.pk,
        client_id=fields.pop("client_id", None) or uuid.uuid4(),
        occurred_at=at,
        duration_seconds=minutes * 60,
        now=now or at + dt.timedelta(minutes=minutes),
        **fields,
    )


def done_days(*, user: User, count: int, until: dt.date) -> None:
    """A session at noon on each of ``count`` days that end on ``until``."""
    for back in reversed(range(count)):
        day = until - dt.timedelta(days=back)
        session(user=user, at=dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))
