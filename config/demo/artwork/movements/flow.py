"""Yoga: slow shapes, held and left again."""

from config.demo.artwork import props
from config.demo.artwork.figure import Arc, Pose
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import STAND, all_fours, both, front

_MAT = (props.mat(),)
_DOG = both(
    Pose(hip=(-5, 41), lean=131.5, head=8, near_toe=-8, far_toe=-8), hand=(38, 3), foot=(-31, 5)
)
_PRONE = both(Pose(hip=(-8, 6.5), near_toe=180, far_toe=180), hand=(16, 3), foot=(-52, 4))
_WIDE = front(hand=Arc(90), foot=(34, 4), hip=(1, 40)).but(near_toe=-4, far_toe=205)
_TREE = front(hand=Arc(24)).but(far_foot=(-2, 5), near_toe=-70)
_BOAT = both(Pose(hip=(0, 8), lean=-36, head=14), hand=Arc(82, 0.98))

MOVEMENTS = {
    "upward-salute": Movement(
        (front(hand=Arc(14), foot=(5, 5)), front(hand=Arc(184, 0.99), foot=(5, 5))),
        seconds=5,
        behind=_MAT,
        cover_at=0.46,
    ),
    "forward-fold": Movement(
        (
            both(STAND, hand=Arc(176)),
            both(Pose(hip=(-7, 47), lean=150, head=14, curve=3), hand=Arc(0, 0.62)),
        ),
        seconds=5,
        behind=_MAT,
    ),
    "downward-dog": Movement(
        alternating(_DOG.but(near_foot=(-29, 9), near_toe=-34, hip=(-5, 40))),
        seconds=4,
        behind=(props.mat(-46, 54),),
    ),
    "cobra": Movement(
        (
            _PRONE.but(lean=87, head=4),
            _PRONE.but(lean=52, head=-26, curve=-3.5),
        ),
        seconds=5,
        behind=(props.mat(-66, 46),),
    ),
    "warrior-two": Movement(
        (_WIDE, _WIDE.but(hip=(10, 32))), seconds=5, behind=(props.mat(-54, 58),)
    ),
    "chair-pose": Movement(
        (
            both(STAND, hand=Arc(178)),
            both(Pose(hip=(-13, 33), lean=32, head=-6), hand=Arc(150)),
        ),
        seconds=5,
        behind=_MAT,
    ),
    "tree-pose": Movement(
        (
            _TREE.but(near_foot=(4, 7)),
            _TREE.but(near_foot=(1, 28), near_hand=Arc(190, 0.99), far_hand=Arc(-190, 0.99)),
        ),
        seconds=6,
        behind=_MAT,
    ),
    "boat-pose": Movement(
        (
            both(_BOAT, foot=Arc(104, 0.62)),
            both(_BOAT.but(near_toe=70, far_toe=70), foot=Arc(127, 0.99)),
        ),
        seconds=4.5,
        behind=_MAT,
    ),
    "cat-cow": Movement(
        (
            all_fours().but(curve=6.5, head=46),
            all_fours().but(curve=-5, head=-38),
        ),
        seconds=5,
        behind=(props.mat(-50, 40),),
        cover_at=0.04,
    ),
}
