"""The trunk: holding still while arms and legs are busy."""

from config.demo.artwork import props
from config.demo.artwork.figure import Arc
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import all_fours, both, straight, supine

_MAT = (props.mat(-58, 58),)
_TABLE = both(supine(), hand=Arc(178), foot=(27, 30))
_SIDE = straight(ankle=(-50, 5), shoulder=19, hand=(25, 3)).but(
    near_hand=Arc(178), far_elbow=0, near_toe=12, far_toe=12, head=4
)
_CURL = both(supine(), hand=Arc(216, 0.42)).but(lean=-66, head=18, curve=2)
_HIGH = straight(ankle=(-46, 8), shoulder=34, hand=(25, 3))

MOVEMENTS = {
    "plank": Movement(
        tuple(straight(ankle=(-50, 8), shoulder=19.5, hand=(38, 3.4), sag=sag) for sag in (0, -2)),
        seconds=4,
        behind=_MAT,
    ),
    "side-plank": Movement(
        (_SIDE, _SIDE.but(hip=(_SIDE.hip[0], _SIDE.hip[1] - 5), lean=_SIDE.lean - 9)),
        seconds=4,
        behind=_MAT,
        cover_at=0,
    ),
    "dead-bug": Movement(
        alternating(_TABLE, _TABLE.but(near_hand=Arc(258), far_foot=(48, 9))),
        seconds=4.8,
        behind=_MAT,
        cover_at=0.25,
    ),
    "bird-dog": Movement(
        alternating(
            all_fours(),
            all_fours().but(near_hand=(44, 37), far_foot=(-58, 29), far_toe=-70, head=-6),
        ),
        seconds=4.8,
        behind=(props.mat(-62, 46),),
        cover_at=0.25,
    ),
    "bicycle-crunch": Movement(
        alternating(_CURL.but(near_foot=(18, 25), far_foot=(46, 13), far_toe=40)),
        seconds=2.4,
        behind=_MAT,
        cover_at=0,
    ),
    "leg-raise": Movement(
        (
            both(supine(), foot=Arc(86, 0.99)),
            both(supine(), foot=Arc(176, 0.98)).but(near_toe=166, far_toe=166),
        ),
        seconds=3.2,
        behind=_MAT,
        cover_at=0.36,
    ),
    "mountain-climber": Movement(
        alternating(_HIGH.but(near_foot=(-5, 11), hip=(-4, 27), lean=74)),
        seconds=1,
        behind=(props.mat(-58, 46),),
        cover_at=0,
    ),
}
