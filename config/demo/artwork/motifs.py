"""What stands on the cover of an article: no person, but something that it is about.

A picture is 100 units high and 178 wide; a shade is how much white is laid on.
"""

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from config.demo.artwork.brush import Brush
from config.demo.artwork.figure import Point

Motif = Callable[[Brush, random.Random], None]
_BRIGHT = 245
_TODAY, _MISSED = 31, 0.12


def bars(brush: Brush, rng: random.Random) -> None:
    """Columns that grow from week to week; the last one is today."""
    count = 11
    for index in range(count):
        height = 12 + index * 4.6 + rng.uniform(-4, 4)
        x = 44 + index * 9
        shade = _BRIGHT if index == count - 1 else 60 + index * 11
        brush.bone((x, 20), (x, 20 + height), radii=(2.7, 2.7), shade=shade)


def hills(brush: Brush, rng: random.Random) -> None:
    """Three ridges, one behind the other, and a sun."""
    brush.disc((rng.uniform(112, 130), 68), radius=9.5, shade=_BRIGHT)
    for layer, shade in enumerate((60, 110, 175)):
        phase, lift = rng.uniform(0, 6), 46 - layer * 13
        for step in range(320):
            x = step * 0.56
            ridge = math.sin(x / 17 + phase) * 7 + math.sin(x / 8 + 2 * phase) * 2.4
            brush.bone((x, -3), (x, lift + ridge), radii=(1.4, 1.4), shade=shade)


def gear(brush: Brush, rng: random.Random) -> None:
    """A rolled mat, a kettlebell and a dumbbell, side by side on the floor."""
    brush.bone((30, 24), (148, 24), radii=(0.6, 0.6), shade=120)
    for ring in range(3):
        brush.disc((54, 37), radius=11.5 - ring * 4, shade=_BRIGHT - ring * 50, hole=9.6 - ring * 4)
    brush.disc((89, 37), radius=11.5, shade=_BRIGHT)
    brush.disc((89, 51), radius=8.4, shade=_BRIGHT, hole=5.6)
    brush.bone((112, 33), (136, 33), radii=(1.8, 1.8), shade=_BRIGHT)
    for x in (112, 117, 131, 136):
        half = 4.6 if x in {112, 136} else 6.8
        brush.bone((x, 33 - half), (x, 33 + half), radii=(2, 2), shade=_BRIGHT)


def days(brush: Brush, rng: random.Random) -> None:
    """Five weeks of seven days; most are done, and that is enough."""
    for week in range(5):
        for day in range(7):
            centre = (47 + day * 14, 78 - week * 14)
            if week * 7 + day > _TODAY:
                brush.disc(centre, radius=4.6, shade=90, hole=3.7)
            else:
                brush.disc(centre, radius=4.6, shade=70 if rng.random() < _MISSED else _BRIGHT)


def waves(brush: Brush, rng: random.Random) -> None:
    """Long breaths, the lowest line the calmest."""
    for line in range(7):
        phase, height = rng.uniform(0, 0.7), 2.2 + line * 1.5
        points = [(x, 24 + line * 9 + math.sin(x / 19 + phase) * height) for x in range(-4, 186, 3)]
        _stroke(brush, points, radius=0.7 + line * 0.12, shade=_BRIGHT - (6 - line) * 28)


def lanes(brush: Brush, rng: random.Random) -> None:
    """The bend of a track and somebody in the third lane."""
    middle = (58, 4)
    for lane in range(7):
        radius = 24 + lane * 10
        turns = [math.pi * step / 60 for step in range(-4, 65)]
        points = [
            (middle[0] + radius * 1.25 * math.cos(turn), middle[1] + radius * math.sin(turn))
            for turn in turns
        ]
        _stroke(brush, points, radius=0.6, shade=150)
    turn = rng.uniform(0.7, 1.3)
    runner = (middle[0] + 49 * 1.25 * math.cos(turn), middle[1] + 49 * math.sin(turn))
    brush.disc(runner, radius=4.2, shade=_BRIGHT)


def orbits(brush: Brush, rng: random.Random) -> None:
    """Rings around a hub, each with something that goes round."""
    hub = (rng.uniform(76, 102), 50.0)
    for ring in range(5):
        radius = 14 + ring * 9
        brush.disc(hub, radius=radius + 0.5, shade=150 - ring * 18, hole=radius - 0.5)
    for ring in range(5):
        radius, turn = 14 + ring * 9, rng.uniform(0, 2 * math.pi)
        planet = (hub[0] + radius * math.cos(turn), hub[1] + radius * math.sin(turn))
        brush.disc(planet, radius=rng.uniform(2, 4.6), shade=_BRIGHT)
    brush.disc(hub, radius=6.4, shade=_BRIGHT)


def _stroke(brush: Brush, points: Sequence[Point], *, radius: float, shade: int) -> None:
    for start, end in pairwise(points):
        brush.bone(start, end, radii=(radius, radius), shade=shade)


MOTIFS: dict[str, Motif] = {
    "bars": bars,
    "days": days,
    "gear": gear,
    "hills": hills,
    "lanes": lanes,
    "orbits": orbits,
    "waves": waves,
}
