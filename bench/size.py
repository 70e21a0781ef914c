"""How big a library the bench measures on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    workouts: int
    members: int

    @property
    def database(self) -> str:
        """The database that requests are sent against."""
        return f"bench_{self.workouts}"


FULL = Size(workouts=1_000, members=10_000)
SMALL = Size(workouts=50, members=500)
