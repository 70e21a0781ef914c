"""Fills an empty FitCore with everything a visitor of the demo meets. Repeating it is safe."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from config.demo import people, site
from config.demo.activity import catch_up
from config.demo.content.reading import Content, Habit, MemberText
from config.demo.films import make_videos
from config.demo.house import furnish
from config.demo.pages import Publisher
from config.demo.progress import Progress, Say
from config.demo.shelves import fill_shelves
from config.demo.shop import open_shop
from config.demo.studio import Studio
from fitness.accounts.models import User
from fitness.training.models import Access, Workout, WorkoutProgress
from fitness.training.services import save_progress

_EVERY_DAY = list(range(7))
_GUEST_ZONE = "Europe/Berlin"
FREE_MEMBER = MemberText(
    name="Robin Hale",
    alias="Robin",
    time_zone=_GUEST_ZONE,
    habit=Habit(days=_EVERY_DAY, hour=7, minutes=[15, 35], keeps=0.8, weeks=5),
)
PREMIUM_MEMBER = MemberText(
    name="Alex Moreau",
    alias="Alex M.",
    time_zone=_GUEST_ZONE,
    habit=Habit(days=_EVERY_DAY, hour=18, minutes=[20, 45], keeps=0.95, weeks=5),
)
_STARTED = ((0, 60), (1, 35))


def seed_demo(*, content: Content, seed: int, now: dt.datetime, say: Say) -> None:
    """Make whatever of the demo is missing: library, shop, people and their weeks of training."""
    fill_shelves(content)
    library, magazine = site.build_site()
    with Studio(content=content, seed=seed, cache=Path(settings.VAR) / "demo-cache") as studio:
        videos = make_videos(content, studio=studio, seed=seed, say=say)
        publisher = Publisher(content, studio=studio, seed=seed, now=now, say=say)
        shelves = site.build_shelves()
        publisher.publish_trainers(shelves["trainers"])
        publisher.publish_workouts(library, videos)
        publisher.publish_articles(magazine)
        publisher.publish_more(shelves, videos)
    people.welcome_house()
    furnish(now=now)
    go_on(content, seed=seed, now=now, say=say)


def go_on(content: Content, *, seed: int, now: dt.datetime, say: Say) -> None:
    """What a demo that is already there needs: an open shop, and members who train on."""
    open_shop(content, seed=seed, say=say)
    _bring_people(content, seed=seed, now=now, say=say)


def _bring_people(content: Content, *, seed: int, now: dt.datetime, say: Say) -> None:
    """Welcome everybody and log what they did up to now, so that this week's board is full."""
    workouts = list(Workout.objects.published().order_by("slug"))
    free = [workout for workout in workouts if workout.access in {Access.FREE, Access.MEMBER}]
    progress = Progress(say, "members", len(content.members) + 2, every=13)
    logged = 0
    for text in content.members:
        user = people.welcome_member(text, joined_at=_joined_at(text, now))
        logged += catch_up(user, text, workouts=workouts, seed=seed, until=now)
        progress.step()
    for text, email in ((FREE_MEMBER, people.FREE), (PREMIUM_MEMBER, people.PREMIUM_MEMBER)):
        user = people.welcome_guest(text, email=email, joined_at=_joined_at(text, now))
        mine = free
        if text is PREMIUM_MEMBER:
            people.give_premium(user, since=user.date_joined, now=now)
            mine = workouts
        # Today is theirs: whoever signs in finds something left to do.
        logged += catch_up(user, text, workouts=mine, seed=seed, until=_midnight(text, now))
        _start_watching(user, mine, now=now)
        progress.step()
    say(f"sessions {logged} logged")


def _start_watching(user: User, workouts: list[Workout], *, now: dt.datetime) -> None:
    if WorkoutProgress.objects.filter(user=user).exists():
        return
    for index, percent in _STARTED:
        workout = workouts[index] if index < len(workouts) else None
        place = workout and workout.places.select_related("video").order_by("position").first()
        if workout and place:
            save_progress(
                user_id=user.pk,
                workout=workout,
                video=place.video,
                percent=percent,
                position_seconds=place.video.duration_seconds * percent // 100,
                watched_at=user.date_joined + dt.timedelta(hours=index),
                now=now,
            )


def _joined_at(text: MemberText, now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(weeks=text.habit.weeks)


def _midnight(text: MemberText, now: dt.datetime) -> dt.datetime:
    local = now.astimezone(ZoneInfo(text.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
