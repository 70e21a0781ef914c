"""The page ``docs/benchmarks.md``."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from bench.films import Film
from bench.load import CONCURRENCY
from bench.measure import Result
from bench.size import FULL, SMALL, Size
from bench.tables import GROWTH_HEADINGS, HEADINGS, Growth, cells, growth_cells, markdown

_PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_EXPLANATION = f"""\
# Benchmarks

`make bench` starts the production web server (gunicorn: 2 processes of 4 threads) on the
embedded PostgreSQL and drives each row over HTTP with {CONCURRENCY} kept connections. In turns with
the row it measures the floor: the same server answering a constant of the same size after one
indexed read.

- **SQL**: statements of one request; those that only bound transactions are not counted.
- **CPU ms**, **DB ms**: CPU time of one request in the web server's processes, and in PostgreSQL's.
  The quieter of two rounds counts.
- **x floor**: the row's CPU ms by the floor's.
- Requests a second and latencies are for {CONCURRENCY} requests at once, on cores that PostgreSQL
  and the load generator need too: compare CPU and ratios instead.
- **alone**: the p99 of the same requests sent one at a time, in milliseconds.

Aims: at most 6 statements a read, 8 a write, 12 a page, and 3 where the API says that nothing has
changed (304); at most 3 times the floor for a read; 99 of 100 searches in 50 ms, asked one at a
time, among more than 10,000 documents; and no figure that grows with the library. The
list of workouts is to take at most a third of the CPU that Wagtail's own API (v2) takes for the
same 20 pages; that API is there in the bench alone. Stories are read as Wagtail's pages, so their
CPU has no aim beside the floor; nor has that of pages and of search, which templates and the
database take."""


def write_page(
    results: Sequence[Result],
    growths: Sequence[Growth],
    film: Film | None,
    *,
    size: Size,
    circumstances: str,
    day: dt.date,
) -> Path:
    """Replace the page by what was measured on ``day``."""
    parts = [
        _EXPLANATION,
        f"Measured on {day}: {circumstances}.",
        f"## {size.workouts:,} workouts, {size.members:,} members",
        markdown(HEADINGS, [cells(result) for result in results]),
    ]
    if film:
        parts += ["## Film", f"{film}."]
    if growths:
        parts += [
            f"## From {SMALL.workouts} workouts to {FULL.workouts:,}",
            markdown(GROWTH_HEADINGS, [growth_cells(growth) for growth in growths]),
        ]
    _PAGE.write_text("\n\n".join(parts) + "\n")
    return _PAGE
