"""Poses that many movements start from."""

import math

from config.demo.artwork.figure import Arc, Point, Pose, Target

STAND = Pose()
SQUAT = Pose(hip=(-14, 24), lean=42, head=-22)
TALL_LEG = 45.0
BODY = 74.0
_HANGING = Arc(10)


def front(*, hand: Target = _HANGING, foot: Point = (8, 5), hip: Point = (0, 50)) -> Pose:
    """Somebody who faces us, both sides alike."""
    near = Pose(hip=hip, view="front", near_hand=hand, near_foot=foot, near_toe=-28, near_elbow=-1)
    other = near.swapped()
    return near.but(
        far_hand=other.far_hand,
        far_foot=other.far_foot,
        far_toe=other.far_toe,
        far_elbow=other.far_elbow,
        far_knee=other.far_knee,
    )


def both(pose: Pose, *, hand: Target | None = None, foot: Target | None = None) -> Pose:
    """The pose with both hands, or both feet, at one place."""
    if hand is not None:
        pose = pose.but(near_hand=hand, far_hand=hand)
    if foot is not None:
        pose = pose.but(near_foot=foot, far_foot=foot)
    return pose


def straight(*, ankle: Point, shoulder: float, hand: Point, sag: float = 0) -> Pose:
    """One line from the heels to the shoulders, which are ``shoulder`` above the ground."""
    rise = shoulder - ankle[1]
    reach = math.sqrt(BODY**2 - rise**2)
    share = TALL_LEG / BODY
    hip = (ankle[0] + reach * share, ankle[1] + rise * share - sag)
    top = (ankle[0] + reach, shoulder)
    lean = math.degrees(math.atan2(top[0] - hip[0], top[1] - hip[1]))
    line = Pose(hip=hip, lean=lean, head=-12, near_toe=-62, far_toe=-62)
    return both(line, hand=hand, foot=ankle)


def supine(*, hip: Point = (4, 7.5)) -> Pose:
    """Flat on the back, the head on the left."""
    flat = Pose(hip=hip, lean=-90, head=4, near_toe=80, far_toe=80)
    return both(flat, hand=(hip[0] + 0.6, 4), foot=(hip[0] + 44.5, 5))


def all_fours() -> Pose:
    """Hands below the shoulders, knees below the hips."""
    kneeling = Pose(hip=(-14, 26), lean=80, head=8, near_toe=180, far_toe=180)
    return both(kneeling, hand=(15, 3), foot=(-36, 4))
