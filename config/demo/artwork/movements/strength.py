"""Lifting: squats, hinges, presses and pulls."""

from config.demo.artwork import props
from config.demo.artwork.figure import Arc, Pose
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import SQUAT, STAND, both, front, straight, supine

_FLOOR = props.floor()
_AT_CHEST = Arc(48, 0.5)
_RACK = Arc(-100, 0.2)
_HINGE = Pose(hip=(-12, 44), lean=74, head=-14)
_RACKED = {"near_elbow": 1, "far_elbow": 1}
_STRIDE = STAND.but(hip=(6, 48), near_foot=(8, 3), far_foot=(5, 3))
_LUNGE = _STRIDE.but(hip=(-4, 28), near_foot=(8, 3), far_foot=(-30, 9), far_toe=-62, lean=6)
_HANG = front(hand=(17, 117), foot=(7, 16), hip=(0, 59.5)).but(near_toe=-60, far_toe=240)
_SPLIT = Pose(near_foot=(10, 3), far_foot=(-31, 24), far_toe=190)
_THRUST = Pose(hip=(0, 11), lean=-56, head=40, near_foot=(27, 3), far_foot=(25, 3))
_SEATED = Pose(hip=(-14, 7), near_toe=84, far_toe=84)

MOVEMENTS = {
    "bodyweight-squat": Movement(
        (both(STAND, hand=Arc(12)), both(SQUAT, hand=Arc(86))), behind=(_FLOOR,)
    ),
    "goblet-squat": Movement(
        (both(STAND, hand=_AT_CHEST), both(SQUAT.but(lean=34), hand=_AT_CHEST)),
        seconds=3,
        behind=(_FLOOR,),
        held=(props.goblet(),),
    ),
    "barbell-back-squat": Movement(
        (
            both(STAND.but(lean=4, **_RACKED), hand=_RACK),
            both(SQUAT.but(lean=46, **_RACKED), hand=_RACK),
        ),
        seconds=3,
        behind=(_FLOOR,),
        held=(props.barbell(),),
    ),
    "barbell-deadlift": Movement(
        (
            both(Pose(hip=(-17, 28), lean=62, head=-14), hand=(7, 12.5)),
            both(STAND, hand=(5, 47.5)),
        ),
        seconds=3,
        behind=(_FLOOR,),
        held=(props.barbell(),),
        cover_at=0.1,
    ),
    "romanian-deadlift": Movement(
        (both(STAND, hand=Arc(6)), both(_HINGE, hand=Arc(-8))),
        seconds=3,
        behind=(_FLOOR,),
        held=(props.dumbbells(),),
    ),
    "dumbbell-bench-press": Movement(
        (
            both(supine(hip=(6, 27)), hand=Arc(176, 0.5), foot=(27, 3)).but(near_toe=0, far_toe=0),
            both(supine(hip=(6, 27)), hand=Arc(176, 1), foot=(27, 3)).but(near_toe=0, far_toe=0),
        ),
        behind=(_FLOOR, props.bench(-46, 14, 21)),
        held=(props.dumbbells(),),
    ),
    "push-up": Movement(
        (
            straight(ankle=(-46, 8), shoulder=33, hand=(24, 3)),
            straight(ankle=(-46, 8), shoulder=13.5, hand=(24, 3)),
        ),
        seconds=2.2,
        behind=(props.mat(),),
        cover_at=0.15,
    ),
    "incline-push-up": Movement(
        (
            straight(ankle=(-42, 8), shoulder=50, hand=(28, 23)),
            straight(ankle=(-42, 8), shoulder=34, hand=(28, 23)),
        ),
        behind=(props.floor(-56, 50), props.bench(20, 48, 21)),
        cover_at=0.15,
    ),
    "bent-over-row": Movement(
        (
            both(_HINGE.but(lean=64), hand=Arc(-3)),
            both(_HINGE.but(lean=62), hand=Arc(-42, 0.45)),
        ),
        behind=(_FLOOR,),
        held=(props.dumbbells(),),
    ),
    "overhead-press": Movement(
        (front(hand=Arc(150, 0.45)), front(hand=Arc(172))),
        behind=(_FLOOR,),
        held=(props.dumbbells(),),
    ),
    "push-press": Movement(
        (
            front(hand=(17, 81), hip=(0, 49)),
            front(hand=(17, 74), hip=(0, 42)),
            front(hand=(17, 105), hip=(0, 50)),
            front(hand=(17, 105), hip=(0, 50)),
        ),
        seconds=3.2,
        behind=(_FLOOR,),
        held=(props.barbell(),),
        cover_at=0.6,
    ),
    "pull-up": Movement(
        (_HANG, front(hand=(17, 117), foot=(7, 36), hip=(0, 79)).but(near_toe=-60, far_toe=240)),
        seconds=2.8,
        behind=(props.pull_up_bar(),),
    ),
    "dead-hang": Movement(
        (_HANG.but(lean=2), _HANG.but(hip=(0, 61.5), lean=-2)),
        seconds=4,
        behind=(props.pull_up_bar(),),
    ),
    "biceps-curl": Movement(
        alternating(STAND.but(near_hand=Arc(74, 0.28), far_hand=Arc(4, 0.99))),
        seconds=3,
        behind=(_FLOOR,),
        held=(props.dumbbells(),),
        cover_at=0.22,
    ),
    "bench-dip": Movement(
        (
            both(Pose(hip=(-3, 25), lean=-5, near_toe=40, far_toe=40), hand=(-9, 23), foot=(36, 4)),
            both(Pose(hip=(1, 12), lean=-6, near_toe=40, far_toe=40), hand=(-9, 23), foot=(36, 4)),
        ),
        behind=(_FLOOR, props.bench(-36, -8, 21)),
    ),
    "reverse-lunge": Movement(
        alternating(
            _STRIDE.but(near_hand=Arc(4), far_hand=Arc(-4)),
            _LUNGE.but(near_hand=Arc(-38, 0.75), far_hand=Arc(56, 0.7)),
        ),
        seconds=4,
        behind=(_FLOOR,),
        cover_at=0.25,
    ),
    "split-squat": Movement(
        (
            both(_SPLIT.but(hip=(-1, 46), lean=4), hand=Arc(3)),
            both(_SPLIT.but(hip=(-4, 27), lean=12), hand=Arc(2)),
        ),
        seconds=2.8,
        behind=(props.floor(-58, 34), props.bench(-54, -28, 21)),
        held=(props.dumbbells(),),
    ),
    "step-up": Movement(
        (
            Pose(
                hip=(-3, 45),
                lean=20,
                near_foot=(16, 25),
                far_foot=(-8, 4),
                far_toe=-20,
                near_hand=Arc(-30, 0.8),
                far_hand=Arc(50, 0.75),
            ),
            Pose(
                hip=(15, 70),
                near_foot=(17, 25),
                far_foot=(14, 25),
                near_hand=Arc(4, 0.95),
                far_hand=Arc(-4, 0.95),
            ),
        ),
        seconds=2.8,
        behind=(_FLOOR, props.bench(4, 34, 22)),
        cover_at=0.12,
    ),
    "hip-thrust": Movement(
        (
            both(_THRUST, hand=(2, 20)),
            both(_THRUST.but(hip=(4.5, 24), lean=-82, head=56), hand=(6, 33)),
        ),
        behind=(_FLOOR, props.bench(-52, -22, 21)),
        held=(props.barbell(),),
    ),
    "glute-bridge": Movement(
        (
            both(supine(hip=(-1, 8)), hand=(-1, 4), foot=(20, 3)).but(near_toe=0, far_toe=0),
            both(supine(hip=(-5.5, 21)), hand=(-1.5, 4), foot=(20, 3)).but(
                near_toe=0, far_toe=0, lean=-120, head=32
            ),
        ),
        behind=(props.mat(-50, 34),),
    ),
    "kettlebell-swing": Movement(
        (
            both(Pose(hip=(-13, 40), lean=62, head=-18), hand=Arc(-36, 0.98)),
            both(STAND.but(hip=(1, 48), lean=-4), hand=Arc(88, 0.98)),
        ),
        seconds=1.8,
        behind=(_FLOOR,),
        held=(props.kettlebell(),),
    ),
    "band-pull-apart": Movement(
        tuple(
            front(hand=hand).but(near_elbow=0, far_elbow=0) for hand in (Arc(96, 0.25), Arc(94, 1))
        ),
        behind=(_FLOOR,),
        held=(props.band_between_hands(),),
    ),
    "band-row": Movement(
        (
            both(_SEATED.but(lean=8), hand=Arc(72, 0.98), foot=(30, 5)),
            both(_SEATED.but(lean=-4), hand=Arc(38, 0.45), foot=(30, 5)),
        ),
        behind=(props.mat(-34, 46),),
        held=(props.band_to((34, 11)),),
    ),
    "farmers-carry": Movement(
        alternating(
            both(
                Pose(hip=(0, 46.5), near_foot=(14, 4), near_toe=16, far_foot=(-15, 7), far_toe=-38),
                hand=Arc(1),
            ),
            both(Pose(hip=(0, 48), near_foot=(0, 3), far_foot=(-3, 10), far_toe=-20), hand=Arc(-1)),
        ),
        seconds=1.6,
        behind=(props.moving_ground(speed=2),),
        held=(props.dumbbells(),),
        flows=True,
        cover_at=0.02,
    ),
}
