"""A whole run, once Django is set up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from bench.databases import fresh_database, use_database
from bench.errors import BenchError
from bench.films import Film, film_row
from bench.machine import machine
from bench.measure import Result, measure
from bench.options import Options
from bench.report import write_page
from bench.row import Row
from bench.rows import GROWTH_ROWS, rows
from bench.server import Server, web_server
from bench.size import FULL, SMALL, Size
from bench.tables import GROWTH_HEADINGS, HEADINGS, Growth, cells, growth_cells, text_line
from config.devservices.postgres import EmbeddedPostgres, database_url


def run(options: Options, postgres: EmbeddedPostgres) -> bool:
    """Measure, print and write what was asked for; whether every aim was met."""
    size = SMALL if options.is_small else FULL
    with _serving(size, postgres) as server:
        chosen = _chosen(rows(), options.only)
        print(text_line(HEADINGS))
        results = list(_measured(chosen, server, seconds=options.seconds))
        film = _film(options.only)
    growths: list[Growth] = []
    if not (options.is_small or options.only):
        growths = _growths(postgres, seconds=options.seconds)
    circumstances = f"{machine()}; the load generator took {_generator_share(results)}"
    print(f"\n{circumstances}.")
    if film:
        print(f"{film}.")
    if options.writes_markdown:
        day = timezone.now().date()
        page = write_page(results, growths, film, size=size, circumstances=circumstances, day=day)
        print(f"Written to {page}.")
    is_missed = any(result.missed for result in results) or any(g.is_seen for g in growths)
    return not is_missed and (film is None or film.is_in_time)


@contextmanager
def _serving(size: Size, postgres: EmbeddedPostgres) -> Iterator[Server]:
    """The web server on a fresh library of this size, which this process sees too."""
    print(f"Library: {size.workouts:,} workouts, {size.members:,} members", flush=True)
    fresh_database(size, today=timezone.now().date())
    postmaster = int((postgres.data / "postmaster.pid").read_text().split()[0])
    with web_server(
        database_url=database_url(connection.settings_dict, size.database),
        postgres_pid=postmaster,
        log=postgres.home / f"web-{size.workouts}.log",
    ) as server:
        yield server


def _film(only: Sequence[str]) -> Film | None:
    wanted = not only or "film" in only
    return film_row() if wanted else None


def _chosen(known: Sequence[Row], only: Sequence[str]) -> list[Row]:
    chosen = [row for row in known if not only or any(part in row.name for part in only)]
    if not chosen and "film" not in only:
        raise BenchError(f"No row is named so. There are: {'; '.join(r.name for r in known)}.")
    return chosen


def _measured(chosen: Sequence[Row], server: Server, *, seconds: float) -> Iterator[Result]:
    known: dict[str, Result] = {}
    for row in chosen:
        result = measure(row, server, seconds=seconds, peer=known.get(row.peer))
        known[row.name] = result
        print(text_line(cells(result)), flush=True)
        yield result


def _growths(postgres: EmbeddedPostgres, *, seconds: float) -> list[Growth]:
    """The rows that read the library, in turns on a small one and on the full one."""
    print()
    growths = []
    with _serving(SMALL, postgres) as small, _serving(FULL, postgres) as full:
        print(text_line(GROWTH_HEADINGS, GROWTH_HEADINGS))
        for name in GROWTH_ROWS:
            growth = Growth(
                _measured_on(SMALL, small, name, seconds), _measured_on(FULL, full, name, seconds)
            )
            print(text_line(growth_cells(growth), GROWTH_HEADINGS), flush=True)
            growths.append(growth)
    return growths


def _measured_on(size: Size, server: Server, name: str, seconds: float) -> Result:
    use_database(size.database)
    (row,) = (row for row in rows() if row.name == name)
    return measure(row, server, seconds=seconds)


def _generator_share(results: Sequence[Result]) -> str:
    most = max((result.figures.generator_load for result in results), default=0)
    return f"at most {most:.0%} of one core"
