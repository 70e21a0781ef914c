"""What gets the heart going without leaving the spot."""

from config.demo.artwork import props
from config.demo.artwork.figure import Arc, Pose
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import SQUAT, STAND, both, front, straight

_FLOOR = props.floor()
_CROUCH = both(Pose(hip=(-14, 24), lean=74, head=-14), hand=(17, 3), foot=(0, 4))
_PLANK = straight(ankle=(-52, 8), shoulder=33, hand=(17, 3))
_AIR = both(STAND.but(near_toe=-60, far_toe=-60), hand=(4, 120), foot=(-1, 15)).but(hip=(0, 60))
_SKATE = front(foot=(-30, 11), hip=(-14, 36)).but(
    lean=10, far_foot=(-16, 5), near_hand=Arc(-34, 0.7), far_hand=Arc(-64, 0.9),
    near_toe=200, far_toe=205, near_elbow=1,
)  # fmt: skip
_HOP = front(hand=Arc(20, 0.85), foot=(11, 13), hip=(0, 52)).but(
    near_elbow=1, far_elbow=-1, near_toe=-50, far_toe=230
)
_SKIP = front(hand=(21, 53)).but(near_elbow=1, far_elbow=-1)

MOVEMENTS = {
    "jumping-jack": Movement(
        (
            front(hand=Arc(12), foot=(5, 5), hip=(0, 49)),
            front(hand=Arc(88), foot=(14, 9), hip=(0, 53)).but(near_toe=-50, far_toe=230),
            front(hand=Arc(164), foot=(22, 5), hip=(0, 46)),
            front(hand=Arc(88), foot=(14, 9), hip=(0, 53)).but(near_toe=-50, far_toe=230),
        ),
        seconds=1.2,
        behind=(_FLOOR,),
        flows=True,
    ),
    "high-knees": Movement(
        alternating(
            Pose(
                hip=(0, 49),
                lean=4,
                near_foot=(7, 27),
                near_toe=-30,
                far_foot=(-1, 4),
                near_hand=Arc(-46, 0.7),
                far_hand=Arc(62, 0.66),
            ),
            Pose(
                hip=(0, 52),
                lean=4,
                near_foot=(3, 14),
                near_toe=-34,
                far_foot=(-2, 11),
                far_toe=-40,
                near_hand=Arc(-4, 0.75),
                far_hand=Arc(8, 0.75),
            ),
        ),
        seconds=0.8,
        behind=(_FLOOR,),
        flows=True,
        cover_at=0,
    ),
    "burpee": Movement(
        (both(STAND, hand=(4, 47.5)), _CROUCH, _PLANK, _CROUCH, _AIR),
        seconds=4,
        behind=(props.floor(-62, 34),),
        cover_at=0.8,
    ),
    "squat-jump": Movement(
        (
            both(SQUAT, hand=Arc(-44)),
            both(STAND.but(hip=(0, 47)), hand=Arc(70)),
            both(STAND.but(hip=(0, 62), near_toe=-60, far_toe=-60), hand=Arc(150), foot=(-1, 17)),
            both(STAND.but(hip=(0, 47)), hand=Arc(70)),
        ),
        seconds=2,
        behind=(_FLOOR,),
        flows=True,
    ),
    "skater-hop": Movement(alternating(_SKATE, _HOP), seconds=1.8, behind=(_FLOOR,), cover_at=0),
    "jump-rope": Movement(
        (_SKIP, _SKIP.but(hip=(0, 54), near_foot=(7, 10), far_foot=(-7, 10))),
        seconds=0.6,
        behind=(_FLOOR,),
        held=(props.jump_rope(),),
        cover_at=0.94,
    ),
    "dumbbell-thruster": Movement(
        (
            both(SQUAT.but(lean=34), hand=Arc(96, 0.28)),
            both(STAND, hand=Arc(110, 0.28)),
            both(STAND, hand=Arc(176)),
            both(STAND, hand=Arc(110, 0.28)),
        ),
        seconds=3.2,
        behind=(_FLOOR,),
        held=(props.dumbbells(),),
        flows=True,
        cover_at=0,
    ),
}
