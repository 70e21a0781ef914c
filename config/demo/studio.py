"""Draws covers and films two at a time, and keeps what it drew for the next empty database."""

import functools
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.demo.artwork import clips, covers
from config.demo.artwork.clips import Clip
from config.demo.content.reading import (
    ArticleText,
    Content,
    LandingText,
    ProgrammeText,
    TrainerText,
    VideoText,
    WorkoutText,
)

_HANDS = 2
_REST = "rest"


@dataclass(frozen=True)
class Part:
    """A clip, shown so many times on end."""

    clip: Clip
    times: int


class Studio:
    """Threads are enough: what takes long is ffmpeg, a process of its own."""

    def __init__(self, *, content: Content, seed: int, cache: Path) -> None:
        self._seed = seed
        self._cache = cache
        self._hues = {category.slug: category.hue for category in content.categories}
        self._shelves = {exercise.slug: exercise.shelf for exercise in content.exercises}
        self._hands = ThreadPoolExecutor(_HANDS)
        self._clips: dict[Clip, Future[Path]] = {}
        cache.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hands.shutdown(cancel_futures=True)

    def begin(self, video: VideoText) -> None:
        """Start to draw what a video shows, without waiting for it."""
        for part in self._parts(video):
            if part.clip not in self._clips:
                self._clips[part.clip] = self._hands.submit(self._clip, part.clip)

    def video(self, video: VideoText, *, to: Path) -> None:
        """Put a whole video together."""
        self.begin(video)
        files = [
            self._clips[part.clip].result()
            for part in self._parts(video)
            for _ in range(part.times)
        ]
        clips.splice(files, to=to)

    def workout_cover(self, workout: WorkoutText) -> bytes:
        draw = functools.partial(
            covers.workout_cover,
            seed=self._seed,
            slug=workout.slug,
            movement=workout.cover,
            hue=self._hues[workout.category],
        )
        return self._cover("workout", draw)

    def article_cover(self, article: ArticleText | ProgrammeText | LandingText) -> bytes:
        draw = functools.partial(
            covers.article_cover,
            seed=self._seed,
            slug=article.slug,
            motif=article.motif,
            hue=self._hues[article.category],
        )
        return self._cover("article", draw)

    def portrait(self, trainer: TrainerText) -> bytes:
        draw = functools.partial(
            covers.workout_cover,
            seed=self._seed,
            slug=trainer.slug,
            movement=trainer.cover,
            hue=trainer.hue,
        )
        return self._cover("trainer", draw)

    def _parts(self, video: VideoText) -> list[Part]:
        hue = self._hues[self._shelves[video.moves[0]]]
        one_round = []
        for move in video.moves:
            clip = Clip(move, self._hues[self._shelves[move]], self._seed)
            one_round.append(Part(clip, max(round(video.work / clip.seconds), 1)))
            if video.rest:
                pause = Clip(_REST, hue, self._seed)
                one_round.append(Part(pause, max(round(video.rest / pause.seconds), 1)))
        return one_round * video.rounds

    def _clip(self, clip: Clip) -> Path:
        return self._kept("clip", ".mp4", asdict(clip), functools.partial(clips.film, clip))

    def _cover(self, kind: str, draw: "functools.partial[bytes]") -> bytes:
        def write(*, to: Path) -> None:
            to.write_bytes(draw())

        return self._kept(kind, ".jpg", draw.keywords, write).read_bytes()

    def _kept(
        self, kind: str, suffix: str, facts: dict[str, Any], make: Callable[..., None]
    ) -> Path:
        """The file that these facts and our way of drawing give, made only once."""
        told = json.dumps([kind, facts, _way_of_drawing()], sort_keys=True)
        path = self._cache / (hashlib.sha256(told.encode()).hexdigest()[:32] + suffix)
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{path.name}")
            make(to=unfinished)
            unfinished.replace(path)
        return path


@functools.cache
def _way_of_drawing() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(covers.__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()
