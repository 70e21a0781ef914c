"""Going somewhere: on foot and on a bike."""

import math

from config.demo.artwork import props
from config.demo.artwork.figure import Arc, Point, Pose
from config.demo.artwork.movement import Movement, alternating
from config.demo.artwork.movements.bases import both

_CRANK: Point = (0, 19)
_BIKE = props.bike(crank=_CRANK, saddle=(-11, 50), bars=(33, 57))


def _stride(*, long: float, lift: float, lean: float, swing: float) -> tuple[Pose, ...]:
    """Landing, standing, pushing off and flying; then the same on the other foot."""
    back, forward = Arc(-swing, 0.7), Arc(swing + 12, 0.66)
    middle = Arc(4, 0.72)
    return alternating(
        Pose(hip=(0, 46.5), lean=lean, near_foot=(long, 4), near_toe=10, far_foot=(-20, 16 + lift),
             far_toe=-100, near_hand=back, far_hand=forward),
        Pose(hip=(0, 45.5), lean=lean, near_foot=(-2, 3), far_foot=(-10, 14 + lift), far_toe=-70,
             near_hand=middle, far_hand=middle),
        Pose(hip=(1, 48), lean=lean, near_foot=(-long - 5, 9), near_toe=-52,
             far_foot=(9, 15 + lift), far_toe=-30, near_hand=forward, far_hand=back),
        Pose(hip=(0, 51), lean=lean, near_foot=(-long - 9, 15 + lift), near_toe=-95,
             far_foot=(long + 5, 12 + lift / 2), far_toe=6, near_hand=forward, far_hand=back),
    )  # fmt: skip


def _pedalling(*, hip: Point, lean: float) -> tuple[Pose, ...]:
    """Eight places of the pedals around the crank."""
    poses = []
    for step in range(8):
        turn = 2 * math.pi * step / 8
        dx, dy = 8 * math.sin(turn), 8 * math.cos(turn)
        poses.append(
            both(Pose(hip=hip, lean=lean, head=-22, near_toe=-12, far_toe=-12), hand=(33, 57)).but(
                near_foot=(_CRANK[0] + dx - 2, _CRANK[1] + dy + 3),
                far_foot=(_CRANK[0] - dx - 2, _CRANK[1] - dy + 3),
            )
        )
    return tuple(poses)


MOVEMENTS = {
    "easy-run": Movement(
        _stride(long=13, lift=4, lean=7, swing=40),
        seconds=0.92,
        behind=(props.moving_ground(speed=2),),
        flows=True,
        cover_at=0.36,
    ),
    "strides": Movement(
        _stride(long=18, lift=11, lean=11, swing=56),
        seconds=0.75,
        behind=(props.moving_ground(speed=3),),
        flows=True,
        cover_at=0.36,
    ),
    "a-skip": Movement(
        alternating(
            Pose(
                hip=(0, 53),
                lean=3,
                near_foot=(8, 32),
                near_toe=-8,
                far_foot=(-2, 8),
                far_toe=-54,
                near_hand=Arc(-44, 0.7),
                far_hand=Arc(66, 0.66),
            ),
            Pose(
                hip=(0, 47),
                lean=3,
                near_foot=(3, 7),
                near_toe=-10,
                far_foot=(-2, 3),
                near_hand=Arc(0, 0.74),
                far_hand=Arc(4, 0.74),
            ),
        ),
        seconds=1.4,
        behind=(props.moving_ground(speed=2),),
        flows=True,
        cover_at=0,
    ),
    "brisk-walk": Movement(
        alternating(
            Pose(
                hip=(0, 46.5),
                lean=3,
                near_foot=(15, 4),
                near_toe=18,
                far_foot=(-16, 7),
                far_toe=-38,
                near_hand=Arc(-30, 0.92),
                far_hand=Arc(36, 0.88),
            ),
            Pose(
                hip=(0, 48),
                lean=3,
                near_foot=(0, 3),
                far_foot=(-3, 10),
                far_toe=-20,
                near_hand=Arc(0, 0.94),
                far_hand=Arc(3, 0.94),
            ),
        ),
        seconds=1.2,
        behind=(props.moving_ground(speed=2),),
        flows=True,
        cover_at=0.02,
    ),
    "seated-ride": Movement(
        _pedalling(hip=(-11, 56), lean=44),
        seconds=0.9,
        behind=(_BIKE, props.moving_ground(speed=2)),
        flows=True,
        cover_at=0.2,
    ),
    "standing-climb": Movement(
        _pedalling(hip=(3, 57), lean=38),
        seconds=1.2,
        behind=(_BIKE, props.moving_ground(speed=1)),
        flows=True,
        cover_at=0.2,
    ),
}
