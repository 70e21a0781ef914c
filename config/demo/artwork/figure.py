"""A small person made of joints. Poses say where hands and feet are; the rest follows.

One unit is a hundredth of the person's height, y points up, the ground is at 0, and a person
seen from the side looks to the right.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

Point = tuple[float, float]
View = Literal["side", "front"]

TORSO = 29.0
NECK = 13.5
UPPER_ARM = FOREARM = 15.0
THIGH, SHIN = 23.0, 22.0
SHOULDER_HALF, HIP_HALF = 8.5, 4.5


@dataclass(frozen=True)
class Arc:
    """A limb held at an angle: 0 hangs down, 90 points forward, 180 points up."""

    angle: float
    reach: float = 1.0


Target = Point | Arc


@dataclass(frozen=True)
class Pose:
    """Where the person is. ``near`` is the side towards us, or the right half from the front.

    ``lean`` turns the torso forward from upright, ``head`` turns the head on it, ``*_bend``
    chooses to which side a joint gives way (0 is a limb that points at us), ``*_toe`` is where
    the foot points (0 forward), and ``curve`` rounds the back.
    """

    hip: Point = (0, 48)
    lean: float = 0
    head: float = 0
    near_hand: Target = Arc(4)
    far_hand: Target = Arc(-4)
    near_foot: Target = (1, 3)
    far_foot: Target = (-1, 3)
    near_elbow: float = -1
    far_elbow: float = -1
    near_knee: float = 1
    far_knee: float = 1
    near_toe: float = 0
    far_toe: float = 0
    curve: float = 0
    view: View = "side"

    def but(self, **changes: object) -> "Pose":
        """The same pose with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def swapped(self) -> "Pose":
        """The same pose with left and right exchanged."""
        if self.view == "front":
            return _mirrored(self)
        return replace(
            self,
            near_hand=self.far_hand,
            far_hand=self.near_hand,
            near_foot=self.far_foot,
            far_foot=self.near_foot,
            near_elbow=self.far_elbow,
            far_elbow=self.near_elbow,
            near_knee=self.far_knee,
            far_knee=self.near_knee,
            near_toe=self.far_toe,
            far_toe=self.near_toe,
        )


@dataclass(frozen=True)
class Limb:
    root: Point
    joint: Point
    end: Point


@dataclass(frozen=True)
class Skeleton:
    """A pose worked out: every joint has its place."""

    view: View
    hip: Point
    shoulder: Point
    head: Point
    spine: tuple[Point, ...]
    near_arm: Limb
    far_arm: Limb
    near_leg: Limb
    far_leg: Limb
    near_toe: float
    far_toe: float

    @property
    def arms(self) -> tuple[Limb, Limb]:
        return self.near_arm, self.far_arm


def solve(pose: Pose) -> Skeleton:
    """Find every joint; hands and feet that are out of reach are pulled in."""
    shoulder = _along(pose.hip, 180 - pose.lean, TORSO)
    half = (SHOULDER_HALF, HIP_HALF) if pose.view == "front" else (0.0, 0.0)
    arms = _pair(shoulder, pose.lean, half[0])
    hips = _pair(pose.hip, pose.lean, half[1])
    arm, leg = (UPPER_ARM, FOREARM), (THIGH, SHIN)
    return Skeleton(
        view=pose.view,
        hip=pose.hip,
        shoulder=shoulder,
        head=_along(shoulder, 180 - pose.lean - pose.head, NECK),
        spine=_spine(pose.hip, shoulder, pose.curve),
        near_arm=_limb(arms[0], pose.near_hand, arm, pose.near_elbow),
        far_arm=_limb(arms[1], pose.far_hand, arm, pose.far_elbow),
        near_leg=_limb(hips[0], pose.near_foot, leg, pose.near_knee),
        far_leg=_limb(hips[1], pose.far_foot, leg, pose.far_knee),
        near_toe=pose.near_toe,
        far_toe=pose.far_toe,
    )


def between(start: Pose, end: Pose, share: float) -> Pose:
    """The pose that lies ``share`` of the way from one to the other."""
    moving = ("lean", "head", "near_toe", "far_toe", "curve")
    bends = ("near_elbow", "far_elbow", "near_knee", "far_knee")
    limbs = ("near_hand", "far_hand", "near_foot", "far_foot")
    changes: dict[str, object] = {"hip": _mix_points(start.hip, end.hip, share)}
    for name in (*moving, *bends):
        changes[name] = _mix(getattr(start, name), getattr(end, name), share)
    for name in limbs:
        changes[name] = _mix_targets(getattr(start, name), getattr(end, name), share)
    return start.but(**changes)


def _along(origin: Point, angle: float, length: float) -> Point:
    """The place ``length`` away from a point, by an angle that is 0 downwards."""
    turn = math.radians(angle)
    return origin[0] + length * math.sin(turn), origin[1] - length * math.cos(turn)


def _pair(middle: Point, lean: float, half: float) -> tuple[Point, Point]:
    turn = math.radians(lean)
    across = (half * math.cos(turn), -half * math.sin(turn))
    x, y = middle
    return (x + across[0], y + across[1]), (x - across[0], y - across[1])


def _spine(hip: Point, shoulder: Point, curve: float) -> tuple[Point, ...]:
    """Seven places from the hip to the shoulder, bent backwards in the middle."""
    ux, uy = (shoulder[0] - hip[0]) / TORSO, (shoulder[1] - hip[1]) / TORSO
    places = []
    for step in range(7):
        share = step / 6
        x, y = _mix_points(hip, shoulder, share)
        off = curve * 4 * share * (1 - share)
        places.append((x - uy * off, y + ux * off))
    return tuple(places)


def _limb(root: Point, target: Target, lengths: tuple[float, float], bend: float) -> Limb:
    upper, lower = lengths
    if isinstance(target, Arc):
        target = _along(root, target.angle, (upper + lower) * target.reach)
    dx, dy = target[0] - root[0], target[1] - root[1]
    wish = math.hypot(dx, dy) or 0.001
    distance = min(max(wish, abs(upper - lower) + 0.5), (upper + lower) * 0.999)
    ux, uy = dx / wish, dy / wish
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    off = math.sqrt(max(upper**2 - along**2, 0)) * bend
    joint = (root[0] + ux * along - uy * off, root[1] + uy * along + ux * off)
    return Limb(root, joint, (root[0] + ux * distance, root[1] + uy * distance))


def _mix(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def _mix_points(start: Point, end: Point, share: float) -> Point:
    return _mix(start[0], end[0], share), _mix(start[1], end[1], share)


def _mix_targets(start: Target, end: Target, share: float) -> Target:
    if isinstance(start, Arc) and isinstance(end, Arc):
        return Arc(_mix(start.angle, end.angle, share), _mix(start.reach, end.reach, share))
    if isinstance(start, Arc) or isinstance(end, Arc):
        raise TypeError("A limb is told by an angle in both poses, or by a place in both.")
    return _mix_points(start, end, share)


def _mirrored(pose: Pose) -> Pose:
    return replace(
        pose,
        hip=(-pose.hip[0], pose.hip[1]),
        lean=-pose.lean,
        head=-pose.head,
        near_hand=_flip(pose.far_hand),
        far_hand=_flip(pose.near_hand),
        near_foot=_flip(pose.far_foot),
        far_foot=_flip(pose.near_foot),
        near_elbow=-pose.far_elbow,
        far_elbow=-pose.near_elbow,
        near_knee=-pose.far_knee,
        far_knee=-pose.near_knee,
        near_toe=180 - pose.far_toe,
        far_toe=180 - pose.near_toe,
    )


def _flip(target: Target) -> Target:
    if isinstance(target, Arc):
        return Arc(-target.angle, target.reach)
    return -target[0], target[1]
