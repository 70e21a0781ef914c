"""What somebody who waits is told."""

from collections.abc import Callable
from dataclasses import dataclass, field

Say = Callable[[str], object]


@dataclass
class Progress:
    """Says ``videos 12/40`` now and then, and always for the last."""

    say: Say
    name: str
    total: int
    every: int = 1
    done: int = field(default=0, init=False)

    def step(self) -> None:
        self.done += 1
        if self.done % self.every == 0 or self.done == self.total:
            self.say(f"{self.name} {self.done}/{self.total}")
