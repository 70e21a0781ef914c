"""An exercise as it moves: a few poses, how long one repetition lasts, and what is at hand."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from config.demo.artwork.body import draw_far_side, draw_near_side
from config.demo.artwork.brush import Brush, Extent
from config.demo.artwork.figure import Pose, Skeleton, between, solve

# Draws a thing for a skeleton, at a share (0 to 1) of the repetition.
Prop = Callable[[Brush, Skeleton, float], None]


@dataclass(frozen=True)
class Movement:
    """A repetition goes through ``poses`` and back to the first; it may flow or stop at each."""

    poses: tuple[Pose, ...]
    seconds: float = 2.4
    behind: tuple[Prop, ...] = ()
    held: tuple[Prop, ...] = ()
    flows: bool = False
    cover_at: float = 0.5

    def pose_at(self, share: float) -> Pose:
        """The pose at a share of the repetition; 0 and 1 are the same."""
        place = (share % 1) * len(self.poses)
        index = int(place)
        step = place - index
        if not self.flows:
            step = (1 - math.cos(math.pi * step)) / 2
        return between(self.poses[index], self.poses[(index + 1) % len(self.poses)], step)

    def draw(self, brush: Brush, share: float) -> None:
        skeleton = solve(self.pose_at(share))
        draw_far_side(brush, skeleton)
        for prop in self.behind:
            prop(brush, skeleton, share)
        draw_near_side(brush, skeleton)
        for prop in self.held:
            prop(brush, skeleton, share)

    def extent(self, *shares: float) -> Extent:
        """How much room the repetition takes at these moments; without any, all of it."""
        extent = Extent()
        for share in shares or [step / 12 for step in range(12)]:
            self.draw(extent, share)
        return extent


def alternating(*poses: Pose) -> tuple[Pose, ...]:
    """The poses, then the same with the other side."""
    return poses + tuple(pose.swapped() for pose in poses)
