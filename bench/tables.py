"""The tables, as text and as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.measure import Result
from bench.size import FULL, SMALL

# Of the CPU time, beside the floor's, and of PostgreSQL's part: no two runs give quite the same.
_GROWS_ABOVE, _DATABASE_GROWS_ABOVE = 1.3, 1.5
_NAME_WIDTH, _WIDTH = 22, 8

HEADINGS = (
    "", "SQL", "CPU ms", "DB ms", "x floor", "req/s", "p50 ms", "p99 ms", "alone", "bytes", "aims"
)  # fmt: skip
GROWTH_HEADINGS = (
    "",
    *(f"{what}, {size.workouts}" for what in ("SQL", "CPU ms", "DB ms") for size in (SMALL, FULL)),
    "grows",
)


@dataclass(frozen=True)
class Growth:
    """The same row on the small library and on the full one."""

    small: Result
    full: Result

    @property
    def is_seen(self) -> bool:
        """Whether the library's size shows in the statements or the CPU time."""
        small, full = self.small, self.full
        return (
            full.sql > small.sql
            or _beside_floor(full) > _GROWS_ABOVE * _beside_floor(small)
            or full.figures.postgres_cpu_ms > _DATABASE_GROWS_ABOVE * small.figures.postgres_cpu_ms
        )


def cells(result: Result) -> list[str]:
    """One row of the main table."""
    figures = result.figures
    missed = ", ".join(result.missed)
    return [
        result.row.name,
        str(result.sql),
        f"{figures.cpu_ms:.2f}",
        f"{figures.postgres_cpu_ms:.2f}",
        f"{result.ratio:.1f}",
        f"{figures.per_second:.0f}",
        f"{figures.p50_ms:.1f}",
        f"{figures.p99_ms:.1f}",
        f"{result.alone.p99_ms:.1f}" if result.alone else "",
        str(figures.size),
        f"missed: {missed}" if missed else "met" if result.row.sql_aim else "none",
    ]


def growth_cells(growth: Growth) -> list[str]:
    """One row of the growth table."""
    small, full = growth.small, growth.full
    return [
        full.row.name,
        str(small.sql),
        str(full.sql),
        f"{small.figures.cpu_ms:.2f}",
        f"{full.figures.cpu_ms:.2f}",
        f"{small.figures.postgres_cpu_ms:.2f}",
        f"{full.figures.postgres_cpu_ms:.2f}",
        "yes" if growth.is_seen else "no",
    ]


def text_line(cells: Sequence[str], headings: Sequence[str] = HEADINGS) -> str:
    """A row with its columns below their headings: the first and last flush left."""
    name, *figures, last = cells
    widths = [max(_WIDTH, len(heading) + 1) for heading in headings[1:-1]]
    columns = [f"{cell:>{width}}" for cell, width in zip(figures, widths, strict=True)]
    return f"{name:<{_NAME_WIDTH}}{''.join(columns)}  {last}"


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first and the last are figures."""
    rule = ["---", *("---:" for _ in headings[1:-1]), "---"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows))


def _beside_floor(result: Result) -> float:
    """The CPU of web server and PostgreSQL together, as a multiple of the floor's."""
    row, floor = result.figures, result.floor
    return (row.cpu_ms + row.postgres_cpu_ms) / (floor.cpu_ms + floor.postgres_cpu_ms)
