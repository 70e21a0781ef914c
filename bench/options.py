"""The command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

# CPU times come in hundredths of a second: a shorter drive says nothing.
_SHORTEST, _LONGEST = 0.3, 60


@dataclass(frozen=True)
class Options:
    is_small: bool
    seconds: float
    only: tuple[str, ...]
    writes_markdown: bool
    is_strict: bool


def options(arguments: Sequence[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    add = parser.add_argument
    add("--small", action="store_true", help="50 workouts and 500 members, no growth table")
    add("--seconds", type=float, default=4, help="how long each row is driven (4)")
    add(
        "--only",
        action="append",
        default=[],
        help="rows whose name holds this; may be repeated; film is one",
    )
    add("--markdown", action="store_true", help="write the tables into docs/benchmarks.md")
    add("--strict", action="store_true", help="exit with 1 when an aim is missed")
    chosen = parser.parse_args(arguments)
    if not _SHORTEST <= chosen.seconds <= _LONGEST:
        parser.error(f"--seconds lies between {_SHORTEST} and {_LONGEST}")
    if chosen.markdown and (chosen.small or chosen.only):
        parser.error("--markdown writes whole runs only: leave --small and --only out")
    return Options(
        is_small=chosen.small,
        seconds=chosen.seconds,
        only=tuple(chosen.only),
        writes_markdown=chosen.markdown,
        is_strict=chosen.strict,
    )
