"""How a skeleton looks: a rounded pictogram whose far side steps back."""

import math
from itertools import pairwise

from config.demo.artwork.brush import Brush
from config.demo.artwork.figure import Limb, Point, Skeleton

NEAR, FAR, GAP = 250, 132, 0
HEAD_RADIUS = 7.2
_SEAM = 1.25


def draw_far_side(brush: Brush, skeleton: Skeleton) -> None:
    """The limbs behind the body; props that stand behind it come after them."""
    if skeleton.view == "side":
        _leg(brush, skeleton.far_leg, skeleton.far_toe, shade=FAR)
        _arm(brush, skeleton.far_arm, shade=FAR)


def draw_near_side(brush: Brush, skeleton: Skeleton) -> None:
    """Everything in front, with a seam around what lies on the body."""
    if skeleton.view == "front":
        _front(brush, skeleton)
        return
    _seamed_leg(brush, skeleton)
    for index, (start, end) in enumerate(pairwise(skeleton.spine)):
        radii = (5.4 + index * 0.13, 5.5 + index * 0.13)
        brush.bone(start, end, radii=radii, shade=NEAR)
    _arm(brush, skeleton.near_arm, shade=GAP, grow=_SEAM)
    _arm(brush, skeleton.near_arm, shade=NEAR)
    _head(brush, skeleton)


def _front(brush: Brush, skeleton: Skeleton) -> None:
    _leg(brush, skeleton.far_leg, skeleton.far_toe, shade=NEAR)
    _leg(brush, skeleton.near_leg, skeleton.near_toe, shade=NEAR)
    left, right = (arm.root for arm in skeleton.arms)
    brush.bone(left, right, radii=(4.4, 4.4), shade=NEAR)
    hips = skeleton.near_leg.root, skeleton.far_leg.root
    for shoulder, hip in zip((left, right), hips, strict=True):
        brush.bone(hip, shoulder, radii=(4.4, 4.4), shade=NEAR)
    brush.bone(skeleton.hip, skeleton.shoulder, radii=(5, 6), shade=NEAR)
    for arm in skeleton.arms:
        _arm(brush, arm, shade=GAP, grow=_SEAM)
    for arm in skeleton.arms:
        _arm(brush, arm, shade=NEAR)
    _head(brush, skeleton)


def _head(brush: Brush, skeleton: Skeleton) -> None:
    brush.disc(skeleton.head, radius=HEAD_RADIUS + _SEAM, shade=GAP)
    brush.disc(skeleton.head, radius=HEAD_RADIUS, shade=NEAR)


def _arm(brush: Brush, arm: Limb, *, shade: int, grow: float = 0) -> None:
    brush.bone(arm.root, arm.joint, radii=(3.7 + grow, 3.1 + grow), shade=shade)
    brush.bone(arm.joint, arm.end, radii=(3.1 + grow, 2.6 + grow), shade=shade)


def _seamed_leg(brush: Brush, skeleton: Skeleton) -> None:
    _leg(brush, skeleton.near_leg, skeleton.near_toe, shade=GAP, grow=_SEAM)
    _leg(brush, skeleton.near_leg, skeleton.near_toe, shade=NEAR)


def _leg(brush: Brush, leg: Limb, toe: float, *, shade: int, grow: float = 0) -> None:
    brush.bone(leg.root, leg.joint, radii=(5.2 + grow, 4.1 + grow), shade=shade)
    brush.bone(leg.joint, leg.end, radii=(4.1 + grow, 2.9 + grow), shade=shade)
    brush.bone(leg.end, _toe(leg.end, toe), radii=(2.7 + grow, 2.2 + grow), shade=shade)


def _toe(ankle: Point, angle: float) -> Point:
    turn = math.radians(angle)
    return ankle[0] + 8 * math.cos(turn), ankle[1] + 8 * math.sin(turn) - 0.4
