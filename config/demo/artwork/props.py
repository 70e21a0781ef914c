"""What people train with. Each maker returns a prop that follows the hands or stands still."""

import math
from itertools import pairwise

from config.demo.artwork.brush import Brush
from config.demo.artwork.figure import Limb, Point, Skeleton
from config.demo.artwork.movement import Prop

METAL, STEEL, FLOOR = 205, 150, 110


def mat(left: float = -52, right: float = 52) -> Prop:
    return _still_line((left, -1.6), (right, -1.6), radius=1.6, shade=FLOOR)


def floor(left: float = -46, right: float = 46) -> Prop:
    return _still_line((left, -0.9), (right, -0.9), radius=0.7, shade=FLOOR)


def wall(x: float) -> Prop:
    return _still_line((x, 0), (x, 104), radius=1.4, shade=FLOOR)


def pull_up_bar(y: float = 118, half: float = 30) -> Prop:
    return _still_line((-half, y), (half, y), radius=1.7, shade=METAL)


def bench(left: float, right: float, height: float) -> Prop:
    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        for x in (left + 4, right - 4):
            brush.bone((x, height - 4), (x, 0), radii=(1.4, 1.4), shade=FLOOR)
        brush.bone((left, height - 2.4), (right, height - 2.4), radii=(2.4, 2.4), shade=STEEL)

    return draw


def dumbbells(*, both: bool = True) -> Prop:
    """One in each hand, or one in the near hand."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        for arm in skeleton.arms if both else skeleton.arms[:1]:
            x, y = arm.end
            _seamed(brush, (x - 5, y), (x + 5, y), radius=1.2)
            for side in (-5.2, 5.2):
                _seamed(brush, (x + side, y - 3.2), (x + side, y + 3.2), radius=1.8)

    return draw


def barbell() -> Prop:
    """A disc in the hand from the side, a long bar from the front."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        if skeleton.view == "side":
            centre = skeleton.near_arm.end
            brush.disc(centre, radius=12.5, shade=0, hole=7.4)
            brush.disc(centre, radius=11.5, shade=METAL, hole=8.4)
            brush.disc(centre, radius=3.4, shade=0)
            brush.disc(centre, radius=2.4, shade=METAL)
            return
        _long_bar(brush, skeleton.near_arm.end[1])

    return draw


def kettlebell() -> Prop:
    """Hangs on from the near hand in the line of the forearm."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        arm = skeleton.near_arm
        ux, uy = _direction(arm)
        bell = (arm.end[0] + ux * 8.5, arm.end[1] + uy * 8.5)
        brush.disc(bell, radius=6.8, shade=0)
        brush.disc((arm.end[0] + ux * 2.5, arm.end[1] + uy * 2.5), radius=4.6, shade=METAL, hole=3)
        brush.disc(bell, radius=5.8, shade=METAL)

    return draw


def goblet() -> Prop:
    """A kettlebell held upside down before the chest."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        x, y = skeleton.near_arm.end
        brush.disc((x + 1, y + 1), radius=4.6, shade=METAL, hole=3)
        brush.disc((x + 1.5, y + 6.5), radius=6.8, shade=0)
        brush.disc((x + 1.5, y + 6.5), radius=5.8, shade=METAL)

    return draw


def band_between_hands() -> Prop:
    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        near, far = (arm.end for arm in skeleton.arms)
        _seamed(brush, near, far, radius=0.9)

    return draw


def band_to(anchor: Point) -> Prop:
    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        _seamed(brush, skeleton.near_arm.end, anchor, radius=0.9)

    return draw


def jump_rope() -> Prop:
    """Swings once around in a repetition."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        near, far = (arm.end for arm in skeleton.arms)
        height = math.cos(2 * math.pi * share)
        peak = height * (66 if height > 0 else 52)
        points = []
        for step in range(17):
            t = step / 16
            bulge = math.sin(math.pi * t)
            x = far[0] + (near[0] - far[0]) * t + math.sin(2 * math.pi * t) * -9
            points.append((x, near[1] + peak * bulge**0.6))
        for start, end in pairwise(points):
            brush.bone(start, end, radii=(0.8, 0.8), shade=METAL)

    return draw


def moving_ground(*, speed: float) -> Prop:
    """Dashes that pass below, so that somebody who runs gets somewhere."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        gap = 24.0
        for index in range(-3, 4):
            x = index * gap - (share * speed % 1) * gap
            room = max(0.0, 1 - abs(x) / 66)
            brush.bone((x - 7, -1.5), (x + 7, -1.5), radii=(0.8, 0.8), shade=int(FLOOR * room))

    return draw


def bike(*, crank: Point, saddle: Point, bars: Point) -> Prop:
    """Two wheels whose spokes turn, and a frame; the feet do the cranking."""

    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        rear, front = (crank[0] - 26, 18.5), (crank[0] + 38, 18.5)
        for hub in (rear, front):
            _wheel(brush, hub, turn=-2 * math.pi * share)
        seat_tube = (crank[0] - 8, saddle[1] - 6)
        head_tube = (bars[0] - 6, bars[1] - 8)
        tubes = [
            (rear, crank), (rear, seat_tube), (crank, seat_tube), (crank, head_tube),
            (seat_tube, head_tube), (head_tube, front), (head_tube, bars), (seat_tube, saddle),
        ]  # fmt: skip
        for start, end in tubes:
            brush.bone(start, end, radii=(1.1, 1.1), shade=STEEL)
        brush.bone(
            (saddle[0] - 5, saddle[1]), (saddle[0] + 5, saddle[1]), radii=(1.7, 1.3), shade=METAL
        )
        brush.disc(crank, radius=4.4, shade=METAL, hole=3)

    return draw


def _wheel(brush: Brush, hub: Point, *, turn: float) -> None:
    brush.disc(hub, radius=18.5, shade=METAL, hole=16.9)
    for spoke in range(3):
        angle = turn + spoke * math.pi / 3
        dx, dy = 16 * math.cos(angle), 16 * math.sin(angle)
        ends = (hub[0] - dx, hub[1] - dy), (hub[0] + dx, hub[1] + dy)
        brush.bone(*ends, radii=(0.4, 0.4), shade=FLOOR)
    brush.disc(hub, radius=1.8, shade=METAL)


def _seamed(brush: Brush, start: Point, end: Point, *, radius: float) -> None:
    """A stroke that stands out from the body behind it."""
    for extra, shade in ((1, 0), (0, METAL)):
        brush.bone(start, end, radii=(radius + extra, radius + extra), shade=shade)


def _long_bar(brush: Brush, y: float) -> None:
    _seamed(brush, (-44, y), (44, y), radius=1.1)
    for side, half in ((-34, 9), (34, 9), (-39, 6), (39, 6)):
        _seamed(brush, (side, y - half), (side, y + half), radius=1.9)


def _still_line(start: Point, end: Point, *, radius: float, shade: int) -> Prop:
    def draw(brush: Brush, skeleton: Skeleton, share: float) -> None:
        brush.bone(start, end, radii=(radius, radius), shade=shade)

    return draw


def _direction(arm: Limb) -> Point:
    dx, dy = arm.end[0] - arm.joint[0], arm.end[1] - arm.joint[1]
    length = math.hypot(dx, dy) or 1
    return dx / length, dy / length
