"""The stand-in as a command, steered over HTTP."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from stripe import StripeClient

from tests.devservices import goods

pytestmark = pytest.mark.slow


class Process:
    """``python -m config.devservices.stripe``, up and answering."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.devservices.stripe", "--port", "0", *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        words = self.process.stdout.readline().split()
        self.address = next(word.rstrip(";") for word in words if word.startswith("http"))
        self.client = StripeClient(goods.KEY, base_addresses={"api": self.address})

    def control(self, name: str, body: str = "{}", kind: str = "application/json") -> Any:
        """What a control answers, or the status it refuses with."""
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"))
        connection.request("POST", f"/_control/{name}", body, {"Content-Type": kind})
        answer = connection.getresponse()
        said = json.loads(answer.read())
        return said["result"] if answer.status == 200 else answer.status

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=10)
        if self.process.stdout:
            self.process.stdout.close()
        return code


@pytest.fixture
def running() -> Iterator[Process]:
    process = Process()
    yield process
    process.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_goes_on_where_it_ended(
    tmp_path: Path, number: signal.Signals
) -> None:
    options = ("--state", str(tmp_path / "stripe.json"))
    first = Process(*options)
    customer = first.client.v1.customers.create({"name": "Mia"})
    assert first.stop(number) == 0

    second = Process(*options)

    assert second.client.v1.customers.retrieve(customer.id).name == "Mia"
    second.stop()


def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    options = ("--state", str(tmp_path / "stripe.json"))
    first = Process(*options)
    made = [first.client.v1.customers.create({}).id for _ in range(5)]
    first.stop(signal.SIGKILL)

    second = Process(*options)

    assert [one.id for one in second.client.v1.customers.list().data] == made[::-1]
    second.stop()


def test_a_configured_webhook_is_there_once(tmp_path: Path) -> None:
    options = ["--state", str(tmp_path / "stripe.json")]
    options += ["--webhook", "http://127.0.0.1:9/hook", "--secret", "whsec_demo"]
    Process(*options).stop()

    second = Process(*options)

    assert len(second.client.v1.webhook_endpoints.list().data) == 1
    second.stop()


def test_a_taken_port_is_one_clear_line() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as holder:
        port = str(holder.getsockname()[1])
        done = _run("--port", port)

    assert done.returncode == 1
    assert done.stderr == f"Port {port} on 127.0.0.1 cannot be used: Address already in use.\n"


def test_a_broken_state_file_is_one_clear_line(tmp_path: Path) -> None:
    state = tmp_path / "stripe.json"
    state.write_text("{")

    done = _run("--port", "0", "--state", str(state))

    assert done.returncode == 1
    assert done.stderr.startswith(f"{state} is no state file of this stand-in")
    assert done.stderr.count("\n") == 1


def test_controls_work_over_http(running: Process) -> None:
    before = running.control("now")

    after = running.control("advance", '{"seconds": 3600}')
    running.control("fail_next", '{"method": "GET", "path": "/v1/customers", "status": 503}')
    session = goods.checkout(running.client, "payment")
    target = running.control("pay", json.dumps({"session_id": session.id}))

    assert 3600 <= after - before < 3660
    assert target.endswith(session.id)
    assert running.control("calls")[-1]["path"] == "/v1/checkout/sessions"
    assert running.control("take_events")[-1][2] == "checkout.session.completed"


@pytest.mark.parametrize(
    ("name", "body", "kind", "status"),
    [
        ("explode", "{}", "application/json", 404),
        ("advance", "{", "application/json", 400),
        ("advance", '{"hours": 1}', "application/json", 400),
        ("advance", '{"seconds": -1}', "application/json", 400),
        ("pay", '{"session_id": "cs_none"}', "application/json", 404),
        ("reset", "", "application/x-www-form-urlencoded", 405),
    ],
)
def test_a_control_that_makes_no_sense_is_refused(
    running: Process, name: str, body: str, kind: str, status: int
) -> None:
    assert running.control(name, body, kind) == status


def _run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.devservices.stripe", *options],
        check=False,
        capture_output=True,
        text=True,
        timeout=20,
    )
