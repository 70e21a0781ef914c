"""What the demo says before it starts anything."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.devservices.demo import plan
from config.devservices.demo.children import Child
from config.env import env


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def a_plan(
    var: Path,
    *,
    port: int = 0,
    stripe_port: int = 0,
    identity_port: int = 0,
    openai_port: int = 0,
) -> plan.Plan:
    return plan.Plan(
        port=port,
        stripe_port=stripe_port,
        identity_port=identity_port,
        openai_port=openai_port,
        var=var,
    )


def test_ports_come_from_the_command_line_before_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(env.ENVIRON, "FITCORE_PORT", "8100")
    monkeypatch.setitem(env.ENVIRON, "FITCORE_STRIPE_PORT", "8112")

    chosen = plan.plan(["--port", "8200"])

    assert (chosen.port, chosen.stripe_port) == (8200, 8112)


def test_every_process_is_told_the_same_addresses(tmp_path: Path) -> None:
    told = a_plan(tmp_path, port=8100, stripe_port=8112, identity_port=8113).environment()

    assert told["WEB_BIND"] == "127.0.0.1:8100"
    assert told["STRIPE_API_HOST"] == "http://127.0.0.1:8112"
    assert told["GOOGLE_IDENTITY_URL"] == "http://127.0.0.1:8113/google"
    assert told["FITCORE_VAR"] == str(tmp_path)


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path, taken: int) -> None:
    with pytest.raises(plan.DemoError, match=rf'^Port {taken} for the site .*"--port \d+"$'):
        plan.check_ports(a_plan(tmp_path, port=taken))
    with pytest.raises(plan.DemoError, match=rf"^Port {taken} for the Stripe stand-in "):
        plan.check_ports(a_plan(tmp_path, stripe_port=taken))
    with pytest.raises(plan.DemoError, match=rf"^Port {taken} for the sign-in stand-ins "):
        plan.check_ports(a_plan(tmp_path, identity_port=taken))
    with pytest.raises(plan.DemoError, match=rf"^Port {taken} for the OpenAI stand-in "):
        plan.check_ports(a_plan(tmp_path, openai_port=taken))


def test_free_ports_are_fine(tmp_path: Path) -> None:
    plan.check_ports(a_plan(tmp_path))


def test_a_second_demo_on_the_same_folder_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    with (
        plan.claim(tmp_path),
        pytest.raises(plan.DemoError, match=r"runs here already \(process \d+\)"),
    ):
        plan.claim(tmp_path)

    plan.claim(tmp_path).close()


def test_a_part_that_ends_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = Child(
        "clock", ["-c", "raise SystemExit('no time left')"], logs=tmp_path, environment={}
    )
    child.wait()

    with pytest.raises(plan.DemoError, match=r"^The clock ended \(1\)(.|\n)*no time left$"):
        child.check()


def test_a_part_is_gone_with_its_children_after_stop(tmp_path: Path) -> None:
    program = "import subprocess; subprocess.run(['sleep', '600'])"
    child = Child("clock", ["-c", program], logs=tmp_path, environment={})
    child.check()

    child.stop()

    with pytest.raises(plan.DemoError, match="ended"):
        child.check()
