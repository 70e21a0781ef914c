"""What is measured: the endpoints that phones and visitors call most, each with its aims."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from django.utils import timezone

from bench import wagtail_api
from bench.data.library import CATEGORIES
from bench.data.members import address
from bench.data.sessions import is_rested
from bench.data.shop import is_premium
from bench.load import UNIQUE
from bench.requests import Request, ask
from bench.row import READ_SQL, Members, Row, as_each, bearer, unchanged
from bench.site_rows import cookies_of, site_rows
from cms.search.models import Word
from fitness.accounts.models import SignIn, User
from fitness.accounts.sign_ins import Tokens
from fitness.accounts.tokens import Claims, access_token, password_mark, refresh_token
from fitness.training.models import Access, Workout, WorkoutVideo

_WRITE_SQL, _HOME_SQL, _SEARCH_SQL = 8, 10, 10
_READERS, _WORKOUTS = 500, 100
_PASSWORD = "a password of the bench"  # noqa: S105
_SIGNING_IN, _BROWSING = 40, 20
_TOKENS_LAST = dt.timedelta(days=2)
_CREATED = 201
_PEER = "list, Wagtail's API v2"
# Those that a bigger library could make dearer.
GROWTH_ROWS = (
    "list, visitor",
    "list, member",
    "list of a category",
    "detail, locked",
    "videos",
    "weekly leaderboard",
    "dashboard",
    "log a session",
    "search",
    "search, frequent word",
    "articles",
    "tutorials",
    "programmes",
    "page: library",
    "page: workout",
    "page: article",
)


def rows() -> list[Row]:
    """Every row, on the database in use."""
    members = _members()
    return [
        *_reads(members), *_searches(members), *site_rows(members), *_writes(members),
        *_doors(members),
    ]  # fmt: skip


def _reads(members: Members) -> Iterator[Row]:
    listed = Request("/api/workouts")
    following = json.loads(ask(listed).content)["next"].partition("/api/")[2]
    yield Row(_PEER, [Request(wagtail_api.LIST)], sql_aim=None, cpu_aim=None)
    yield Row("list, visitor", [listed], peer=_PEER)
    yield as_each("list, member", members.readers, "/api/workouts")
    yield as_each("list of a category", members.readers, f"/api/workouts?category={CATEGORIES[0]}")
    yield as_each("list, second page", members.readers, f"/api/{following}")
    yield unchanged("list, 304", "/api/workouts")
    yield unchanged("list, 304, member", "/api/workouts", bearer(members.free[0]))
    free, premium = _paths(Access.FREE), _paths(Access.PREMIUM)
    yield as_each("detail, free", members.free, *free)
    yield as_each("detail, locked", members.free, *premium)
    yield as_each("detail, opened", members.premium, *premium)
    yield unchanged("detail, 304, member", premium[0], bearer(members.free[0]))
    yield as_each("videos", members.premium, *(f"{path}/videos" for path in premium))
    yield Row("categories, visitor", [Request("/api/workouts/categories")])
    yield as_each("streak", members.readers, "/api/streak")
    yield as_each("weekly leaderboard", members.readers, "/api/leaderboard/weekly?limit=20")
    yield as_each("sessions", members.readers, "/api/workouts/logs")
    yield as_each("profile", members.readers, "/api/users/profile")
    yield as_each("dashboard", members.readers, "/api/users/dashboard", sql_aim=_HOME_SQL)
    yield as_each("progress", members.readers, "/api/users/progress?by=day")
    yield as_each("entitlements", members.premium, "/api/payments/entitlements")


def _searches(members: Members) -> Iterator[Row]:
    """In ten documents for each workout: the database does most of it."""
    rare = list(Word.objects.order_by("text").values_list("text", flat=True)[::60])
    mistyped = [word[:2] + word[3:] for word in rare]
    yield _search("search", rare)
    yield _search("search, member", rare, tokens=members.readers)
    yield _search("search, frequent word", ["strength", "mobility", "squat", "ruecken"])
    yield _search("search, three words", [f"{word} strength morning" for word in rare])
    yield _search("search, mistyped", mistyped)
    yield _search("search, workouts, filters", ["strength", "yoga"], path=_FILTERED)
    yield _search("search, page", rare, path="/search?q=")
    yield _search("search, proposals", [word[:4] for word in rare], path="/search/propose?q=")


_SEARCH_MS = 50
_FILTERED = "/api/workouts/search?category=yoga&difficulty=beginner&max_duration_s=1800&q="


def _search(
    name: str,
    words: Sequence[str],
    *,
    path: str = "/api/content/search?q=",
    tokens: Sequence[str] = (),
) -> Row:
    asked = [f"{path}{quote(word)}" for word in words]
    visitors = Row(name, [Request(each) for each in asked])
    row = as_each(name, tokens, *asked) if tokens else visitors
    return replace(row, sql_aim=_SEARCH_SQL, cpu_aim=None, alone_aim=_SEARCH_MS)


def _writes(members: Members) -> Iterator[Row]:
    path = f"{_paths(Access.FREE)[0]}/log"
    first, second = members.rested[::2], members.rested[1::2]
    earlier, later = _session(minutes_ago=40), _session(minutes_ago=15)
    yield _posts("log a session", first, lambda token: Request(path, "POST", token, earlier))
    yield _posts(
        "log with a key",
        second,
        lambda token: Request(path, "POST", {**token, "Idempotency-Key": UNIQUE}, earlier),
    )
    yield _posts(
        "log a day's second", members.trained, lambda token: Request(path, "POST", token, later)
    )
    place = WorkoutVideo.objects.select_related("workout", "video").order_by("pk")[0]
    watched = {
        "video": str(place.video.uid),
        "percent": 70,
        "position_s": 300,
        "watched_at": timezone.now().isoformat(),
    }
    yield _posts(
        "progress in a video",
        members.readers,
        lambda token: Request(
            f"/api/workouts/{place.workout.uid}/progress", "POST", token, watched
        ),
        is_once=False,
    )


def _doors(members: Members) -> Iterator[Row]:
    """Signing in, with a password hash that costs nothing, and staying so."""
    # Of one account only five at once are let through the door.
    logins = [
        Request("/api/auth/login", "POST", body={"email": address(n), "password": _PASSWORD})
        for n in range(_SIGNING_IN)
    ]
    yield Row("sign in", logins, sql_aim=_WRITE_SQL, cpu_aim=None)
    yield Row(
        "refresh",
        [
            Request("/api/auth/refresh-token", "POST", body={"refresh": token})
            for token in members.refresh[1:]
        ],
        sql_aim=READ_SQL,
        cpu_aim=None,
        is_once=True,
    )


def _posts(
    name: str,
    tokens: Sequence[str],
    request: Callable[[dict[str, str]], Request],
    *,
    is_once: bool = True,
) -> Row:
    return Row(
        name,
        [request(bearer(token)) for token in tokens],
        status=_CREATED,
        sql_aim=_WRITE_SQL,
        cpu_aim=None,
        is_once=is_once,
    )


def _session(*, minutes_ago: int) -> dict[str, object]:
    occurred_at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    return {
        "client_id": UNIQUE,
        "occurred_at": occurred_at.isoformat(),
        "duration_s": 600,
        "time_zone": "UTC",  # as the apps send it
        "effort": 6,
    }


def _paths(access: str) -> list[str]:
    of_tier = Workout.objects.published().filter(access=access).order_by("pk")[:_WORKOUTS]
    return [f"/api/workouts/{uid}" for uid in of_tier.values_list("uid", flat=True)]


def _members() -> Members:
    known = {user.email: user for user in User.objects.select_related("profile")}
    numbers = range(len(known))
    for number in range(_SIGNING_IN):
        known[address(number)].set_password(_PASSWORD)
        known[address(number)].save(update_fields=["password"])
    pairs = _signed_in([known[address(number)] for number in numbers])
    tokens = [pair.access for pair in pairs]
    in_utc = [known[address(number)].profile.time_zone == "UTC" for number in numbers]
    return Members(
        readers=tokens[:_READERS],
        free=[tokens[n] for n in numbers if not is_premium(n)][:_READERS],
        premium=[tokens[n] for n in numbers if is_premium(n)][:_READERS],
        rested=[tokens[n] for n in numbers if is_rested(n)],
        trained=[tokens[n] for n in numbers if not is_rested(n) and in_utc[n]],
        refresh=[pair.refresh for pair in pairs],
        cookies=cookies_of([known[address(number)] for number in numbers[:_BROWSING]]),
    )


def _signed_in(users: Sequence[User]) -> list[Tokens]:
    """Everybody signed in on a phone, with an access token that lasts for the whole run."""
    now = timezone.now()
    sign_ins = SignIn.objects.bulk_create(
        [
            SignIn(
                user=user,
                password_mark=password_mark(user),
                started_at=now,
                rotated_at=now,
                expires_at=now + _TOKENS_LAST,
            )
            for user in users
        ],
        batch_size=2_000,
    )
    return [
        Tokens(
            access=access_token(
                Claims(row.user.uid, row.uid, row.password_mark), issued_at=now, lasts=_TOKENS_LAST
            ),
            refresh=refresh_token(row.uid, row.generation),
        )
        for row in sign_ins
    ]
