"""Mobility and recovery: room for the joints, rest for the rest."""

import math

from config.demo.artwork import props
from config.demo.artwork.figure import Arc, Pose
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import STAND, both, front, straight, supine

_MAT = (props.mat(),)
_FLOOR = (props.floor(),)
_KNEEL = Pose(
    near_foot=(20, 3),
    far_foot=(-31, 4.5),
    far_toe=180,
    near_hand=Arc(22, 0.9),
    far_hand=Arc(8, 0.9),
)
_FOLD = both(Pose(hip=(-33, 46), lean=150, head=10, curve=2), hand=(-13, 3), foot=(-25, 3))
_WALKED = both(Pose(hip=(-31, 41), lean=126, head=6), hand=(9, 3), foot=(-25, 4))
_CHILD = Pose(hip=(-18, 15), lean=95, head=-4, curve=3.5, near_toe=180, far_toe=180)
_WIDE = front(foot=(30, 5), hand=Arc(-36, 0.44), hip=(0, 41)).but(near_elbow=1, far_elbow=-1)
_SIT = both(Pose(hip=(-16, 7), near_toe=84, far_toe=84), foot=(28, 5))
_REST = both(supine(), foot=(25, 3)).but(near_toe=0, far_toe=0)
_WALL_LEGS = both(supine(hip=(20, 7.5)), foot=Arc(178, 0.99)).but(near_toe=168, far_toe=168)

MOVEMENTS = {
    "hip-flexor-stretch": Movement(
        (_KNEEL.but(hip=(-6, 27)), _KNEEL.but(hip=(4, 24), lean=-6, far_hand=Arc(176))),
        seconds=5,
        behind=_MAT,
    ),
    "inchworm": Movement(
        (
            both(STAND.but(hip=(-25, 48)), hand=(-22, 47.5), foot=(-25, 3)),
            _FOLD,
            _WALKED,
            straight(ankle=(-25, 8), shoulder=33, hand=(46, 3)),
            _WALKED,
            _FOLD,
        ),
        seconds=6,
        behind=(props.mat(-46, 66),),
        cover_at=0.33,
    ),
    "arm-circles": Movement(
        tuple(
            front(hand=(33 + 2 * math.cos(turn), 78 + 12 * math.sin(turn)))
            for turn in (2 * math.pi * step / 8 for step in range(8))
        ),
        seconds=1.4,
        behind=_FLOOR,
        flows=True,
        cover_at=0.12,
    ),
    "deep-squat-hold": Movement(
        tuple(
            both(Pose(hip=hip, lean=lean, head=-14, curve=1.5), hand=Arc(52, 0.55))
            for hip, lean in (((-12, 15), 34), ((-7, 14), 26))
        ),
        seconds=4.5,
        behind=_MAT,
    ),
    "cossack-squat": Movement(
        alternating(_WIDE, _WIDE.but(hip=(14, 23), lean=8)),
        seconds=5,
        behind=(props.mat(-50, 50),),
        cover_at=0.25,
    ),
    "leg-swing": Movement(
        tuple(
            Pose(
                hip=(0, 48.5),
                lean=lean,
                near_foot=foot,
                far_foot=Arc(-1),
                near_toe=toe,
                near_hand=near,
                far_hand=Arc(80, 0.9),
            )
            for lean, foot, toe, near in (
                (8, Arc(-34, 0.96), -50, Arc(34, 0.85)),
                (-4, Arc(58, 0.98), 44, Arc(-34, 0.85)),
            )
        ),
        seconds=1.8,
        behind=_FLOOR,
    ),
    "side-bend": Movement(
        alternating(
            front(hand=Arc(12)),
            front(hand=Arc(12)).but(lean=24, far_hand=Arc(-192), hip=(-4, 48.5)),
        ),
        seconds=5,
        behind=_MAT,
        cover_at=0.25,
    ),
    "childs-pose": Movement(
        (
            both(_CHILD, hand=(36, 3.5), foot=(-19, 4)),
            both(_CHILD.but(hip=(-19.5, 13.5), curve=5), hand=(40, 3.5), foot=(-20, 4)),
        ),
        seconds=6,
        behind=_MAT,
    ),
    "legs-up-the-wall": Movement(
        (
            _WALL_LEGS.but(near_hand=(8, 15.5), near_elbow=1, far_hand=(20.5, 4)),
            _WALL_LEGS.but(near_hand=(8, 18), near_elbow=1, far_hand=(20.5, 4), curve=-1.5),
        ),
        seconds=6,
        behind=(props.mat(-40, 28), props.wall(29)),
    ),
    "knees-to-chest": Movement(
        (
            both(supine(), hand=(-3, 27), foot=(23, 26)).but(near_toe=60, far_toe=60),
            both(supine(), hand=(-11, 27), foot=(9, 30)).but(near_toe=80, far_toe=80, head=12),
        ),
        seconds=5,
        behind=_MAT,
    ),
    "seated-fold": Movement(
        (
            both(_SIT, hand=Arc(172)),
            both(_SIT.but(lean=60, head=14, curve=4), hand=Arc(72, 0.98)),
        ),
        seconds=6,
        behind=_MAT,
    ),
    "constructive-rest": Movement(
        (
            _REST.but(near_hand=(-5, 15), near_elbow=1),
            _REST.but(near_hand=(-5, 18), near_elbow=1, curve=-2),
        ),
        seconds=6,
        behind=_MAT,
    ),
    "rest": Movement(
        tuple(
            front(hand=(8, 52), hip=(0, height)).but(near_elbow=1, far_elbow=-1)
            for height in (49.2, 50.2)
        ),
        seconds=5,
        behind=_FLOOR,
    ),
    "calf-stretch": Movement(
        tuple(
            both(Pose(hip=hip, lean=lean, near_foot=(15, 3), far_foot=(-25, 3)), hand=(40, 66))
            for hip, lean in (((-2, 41), 22), ((3, 38.5), 25))
        ),
        seconds=4.5,
        behind=(props.floor(-44, 42), props.wall(43)),
    ),
}
