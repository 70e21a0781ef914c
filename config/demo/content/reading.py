"""The texts of the demo, read from the files beside this one and checked for what they name."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_FREE = "free:"
_ASKED = re.compile(
    r"(?P<slug>[\w-]+), (?P<sets>\d+) x (?P<count>\d+)(?P<timed> s)?, (?P<rest>\d+)"
)


@dataclass(frozen=True)
class CategoryText:
    slug: str
    name: str
    hue: int
    introduction: str = ""


@dataclass(frozen=True)
class ExerciseText:
    slug: str
    name: str
    shelf: str
    summary: str
    steps: list[str]
    muscles: list[str]
    equipment: list[str]
    difficulty: str
    measure: str


@dataclass(frozen=True)
class VideoText:
    """``rounds`` times through ``moves``, each for ``work`` seconds and ``rest`` after it."""

    slug: str
    title: str
    moves: list[str]
    work: int
    rest: int = 0
    rounds: int = 1


@dataclass(frozen=True)
class VideoPlace:
    slug: str
    is_free: bool


@dataclass(frozen=True)
class ExercisePlace:
    slug: str
    sets: int
    reps: int | None
    seconds: int | None
    rest_seconds: int


@dataclass(frozen=True)
class WorkoutText:
    slug: str
    title: str
    category: str
    difficulty: str
    equipment: list[str]
    access: str
    cover: str
    introduction: str
    videos: list[VideoPlace]
    exercises: list[ExercisePlace]
    body: str
    teaser: str = ""
    featured: bool = False


@dataclass(frozen=True)
class ArticleText:
    slug: str
    title: str
    category: str
    motif: str
    access: str
    introduction: str
    body: str
    teaser: str = ""


@dataclass(frozen=True)
class TutorialText(ArticleText):
    """An article of steps; ``video`` is shown above them."""

    difficulty: str = "beginner"
    video: str = ""


@dataclass(frozen=True)
class TrainerText:
    """A trainer, and the categories whose workouts are theirs."""

    slug: str
    title: str
    role: str
    cover: str
    hue: int
    introduction: str
    trains: list[str]
    body: str


@dataclass(frozen=True)
class ProgrammeText:
    """Weeks of workouts: ``sessions`` reads week, day, slug of the workout."""

    slug: str
    title: str
    category: str
    motif: str
    access: str
    weeks: int
    difficulty: str
    introduction: str
    sessions: list[tuple[int, int, str]]
    body: str
    teaser: str = ""


@dataclass(frozen=True)
class LandingText:
    slug: str
    title: str
    category: str
    motif: str
    introduction: str
    body: str


@dataclass(frozen=True)
class Habit:
    days: list[int]
    hour: int
    minutes: list[int]
    keeps: float
    weeks: int


@dataclass(frozen=True)
class MemberText:
    name: str
    alias: str
    time_zone: str
    habit: Habit

    @property
    def email(self) -> str:
        """An address at a domain that can never receive mail."""
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        local = re.sub(r"[^a-z]+", ".", plain)
        return f"{local.strip('.')}@members.fitcore.example"


@dataclass(frozen=True)
class Content:
    categories: list[CategoryText]
    exercises: list[ExerciseText]
    videos: dict[str, VideoText]
    workouts: list[WorkoutText]
    articles: list[ArticleText]
    tutorials: list[TutorialText]
    trainers: list[TrainerText]
    programmes: list[ProgrammeText]
    landings: list[LandingText]
    members: list[MemberText]


def read() -> Content:
    """Everything that the demo says and shows."""
    people = _table("members")
    habits = {name: Habit(**habit) for name, habit in people["habits"].items()}
    return Content(
        categories=[CategoryText(slug=s, **row) for s, row in _table("categories").items()],
        exercises=[ExerciseText(slug=s, **row) for s, row in _table("exercises").items()],
        videos={s: VideoText(slug=s, **row) for s, row in _table("videos").items()},
        workouts=[_workout(s, row) for s, row in _table("workouts").items()],
        articles=[ArticleText(slug=s, **row) for s, row in _table("articles").items()],
        tutorials=[TutorialText(slug=s, **row) for s, row in _table("tutorials").items()],
        trainers=[TrainerText(slug=s, **row) for s, row in _table("trainers").items()],
        programmes=[_programme(s, row) for s, row in _table("programmes").items()],
        landings=[LandingText(slug=s, **row) for s, row in _table("landings").items()],
        members=[
            MemberText(name, alias, zone, habits[habit])
            for name, (alias, zone, habit) in people["people"].items()
        ],
    )


def _table(name: str) -> dict[str, Any]:
    with (_HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _workout(slug: str, row: dict[str, Any]) -> WorkoutText:
    videos = [
        VideoPlace(name.removeprefix(_FREE), is_free=name.startswith(_FREE))
        for name in row.pop("videos")
    ]
    exercises = [_exercise_place(line) for line in row.pop("exercises")]
    return WorkoutText(slug=slug, videos=videos, exercises=exercises, **row)


def _programme(slug: str, row: dict[str, Any]) -> ProgrammeText:
    sessions = [line.split(", ") for line in row.pop("sessions")]
    places = [(int(week), int(day), workout) for week, day, workout in sessions]
    return ProgrammeText(slug=slug, sessions=places, **row)


def _exercise_place(line: str) -> ExercisePlace:
    asked = _ASKED.fullmatch(line)
    if asked is None:
        raise ValueError(f"Not an exercise, sets, repetitions and rest: {line}")
    count = int(asked["count"])
    is_timed = asked["timed"] is not None
    return ExercisePlace(
        slug=asked["slug"],
        sets=int(asked["sets"]),
        reps=None if is_timed else count,
        seconds=count if is_timed else None,
        rest_seconds=int(asked["rest"]),
    )
