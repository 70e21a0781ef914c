"""One row against its floor: counted in this process, then driven over HTTP."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.errors import BenchError
from bench.load import CONCURRENCY, Outcome, Plan
from bench.requests import Request, statements
from bench.row import Row
from bench.server import Server

# The machine has other work too: the quieter of the rounds counts.
_ROUNDS = 2
_WARM_UP_SHARE, _FLOOR_SHARE = 0.1, 0.25
_MILLI = 1000
# What a row may take of the CPU that the same answer takes of its peer.
_PEER_SHARE = 1 / 3


@dataclass(frozen=True)
class Figures:
    """What one drive came to; CPU is that of a single request."""

    requests: int
    cpu_ms: float
    postgres_cpu_ms: float
    per_second: float
    p50_ms: float
    p99_ms: float
    size: int
    generator_load: float


@dataclass(frozen=True)
class Result:
    row: Row
    sql: int
    figures: Figures
    floor: Figures
    peer: Figures | None = None
    alone: Figures | None = None

    @property
    def ratio(self) -> float:
        """How many times the CPU of the floor the row takes, PostgreSQL's left out."""
        return self.figures.cpu_ms / self.floor.cpu_ms

    @property
    def missed(self) -> list[str]:
        """The aims that the row misses, in words."""
        missed = []
        if self.row.sql_aim is not None and self.sql > self.row.sql_aim:
            missed.append(f"SQL > {self.row.sql_aim}")
        if self.row.cpu_aim is not None and self.ratio > self.row.cpu_aim:
            missed.append(f"CPU > {self.row.cpu_aim:g} x floor")
        if self.peer and self.figures.cpu_ms > self.peer.cpu_ms * _PEER_SHARE:
            missed.append("CPU > 1/3 of its peer's")
        aim = self.row.alone_aim
        if aim and self.alone and self.alone.p99_ms > aim:
            missed.append(f"p99 alone > {aim:g} ms")
        return missed


def measure(row: Row, server: Server, *, seconds: float, peer: Result | None = None) -> Result:
    """Count the row's statements, then drive it and its floor in turns."""
    sql = statements(row.requests[-1], status=row.status)
    left = list(row.requests[:-1] or row.requests)
    most = len(left) // (1 + _ROUNDS) if row.is_once else len(left)

    def driven(share: float) -> Figures:
        figures = _drive(row, left[:most], server, seconds * share)
        if row.is_once:
            del left[: figures.requests]
        return figures

    warm_up = driven(_WARM_UP_SHARE)
    floor_row = Row("floor", [Request(f"/floor/{warm_up.size}")])
    floors, figures = [], []
    for _ in range(_ROUNDS):
        floors.append(_drive(floor_row, floor_row.requests, server, seconds * _FLOOR_SHARE))
        figures.append(driven(1 / _ROUNDS))
    alone = None
    if row.alone_aim:
        drives = (_drive(row, left, server, seconds, connections=1) for _ in range(_ROUNDS))
        alone = min(drives, key=_p99)
    return Result(
        row,
        sql,
        figures=min(figures, key=_cpu),
        floor=min(floors, key=_cpu),
        peer=peer.figures if peer else None,
        alone=alone,
    )


def _cpu(figures: Figures) -> float:
    return figures.cpu_ms


def _p99(figures: Figures) -> float:
    return figures.p99_ms


def _drive(
    row: Row,
    requests: Sequence[Request],
    server: Server,
    seconds: float,
    *,
    connections: int = CONCURRENCY,
) -> Figures:
    plan = Plan(
        port=server.port,
        requests=[request.on_the_wire() for request in requests],
        status=row.status,
        seconds=seconds,
        is_once=row.is_once,
        connections=connections,
    )
    before = server.cpu()
    outcome = _in_a_process(plan)
    after = server.cpu()
    if outcome.unexpected:
        raise BenchError(f"{row.name}: {requests[0].path}: {outcome.unexpected}")
    return _figures(outcome, cpu=after[0] - before[0], postgres_cpu=after[1] - before[1])


def _in_a_process(plan: Plan) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"The load generator failed:\n{done.stderr}")
    return Outcome(**json.loads(done.stdout))


def _figures(outcome: Outcome, *, cpu: float, postgres_cpu: float) -> Figures:
    latencies = sorted(outcome.latencies)
    count = len(latencies)
    return Figures(
        requests=count,
        cpu_ms=cpu / count * _MILLI,
        postgres_cpu_ms=postgres_cpu / count * _MILLI,
        per_second=count / outcome.seconds,
        p50_ms=latencies[count // 2] * _MILLI,
        p99_ms=latencies[count * 99 // 100] * _MILLI,
        size=outcome.size,
        generator_load=outcome.own_cpu_seconds / outcome.seconds,
    )
