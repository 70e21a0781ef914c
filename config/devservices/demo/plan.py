"""Where the demo's parts listen, and the environment that tells them so."""

import argparse
import fcntl
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.devservices.identity import credentials
from config.devservices.openai import KEY as OPENAI_KEY
from config.env import env

ROOT = Path(__file__).resolve().parents[3]
WEBHOOK_SECRET = "whsec_only_for_the_demo_on_this_machine"


class DemoError(Exception):
    """The demo cannot start or go on; the message says what to do."""


@dataclass(frozen=True)
class Plan:
    port: int
    stripe_port: int
    identity_port: int
    openai_port: int
    var: Path

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def stripe(self) -> str:
        return f"http://127.0.0.1:{self.stripe_port}"

    @property
    def identity(self) -> str:
        # By another name than the site's own, as Google and Apple are another site to browsers.
        return f"http://127.0.0.1:{self.identity_port}"

    @property
    def openai(self) -> str:
        return f"http://127.0.0.1:{self.openai_port}/v1"

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/payments/webhooks/stripe"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def environment(self) -> dict[str, str]:
        """What every process of the demo is told."""
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "FITCORE_VAR": str(self.var),
            "SITE_URL": self.site,
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "STRIPE_API_HOST": self.stripe,
            "STRIPE_SECRET_KEY": "sk_test_" + "demo" * 8,
            "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "OPENAI_BASE_URL": self.openai,
            "OPENAI_API_KEY": OPENAI_KEY,
            **credentials.environment(self.identity),
        }


def plan(arguments: Sequence[str] | None = None) -> Plan:
    """Read the command line; what it leaves open comes from the environment."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", type=int, default=env.int("FITCORE_PORT", default=8000))
    parser.add_argument(
        "--stripe-port", type=int, default=env.int("FITCORE_STRIPE_PORT", default=8012)
    )
    parser.add_argument(
        "--identity-port", type=int, default=env.int("FITCORE_IDENTITY_PORT", default=8013)
    )
    parser.add_argument(
        "--openai-port", type=int, default=env.int("FITCORE_OPENAI_PORT", default=8014)
    )
    chosen = parser.parse_args(arguments)
    var = Path(env.str("FITCORE_VAR", default=str(ROOT / "var"))).resolve()
    return Plan(
        port=chosen.port,
        stripe_port=chosen.stripe_port,
        identity_port=chosen.identity_port,
        openai_port=chosen.openai_port,
        var=var,
    )


def check_ports(plan: Plan) -> None:
    """Raise ``DemoError`` when another program listens where we want to."""
    for port, part, option in (
        (plan.port, "the site", "--port"),
        (plan.stripe_port, "the Stripe stand-in", "--stripe-port"),
        (plan.identity_port, "the sign-in stand-ins", "--identity-port"),
        (plan.openai_port, "the OpenAI stand-in", "--openai-port"),
    ):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise DemoError(
                    f"Port {port} for {part} is not free ({error.strerror}). End what listens"
                    f' there, or choose another: make demo ARGS="{option} {port + 100}"'
                ) from None


def claim(var: Path) -> IO[str]:
    """Make this the only demo on its folder for as long as the handle is open."""
    var.mkdir(parents=True, exist_ok=True)
    handle = (var / "demo.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        raise DemoError(
            f"A demo runs here already (process {handle.read().strip()}). End that one with"
            " Ctrl-C, or give this one a folder and ports of its own: FITCORE_VAR=other"
            ' make demo ARGS="--port 8100 --stripe-port 8112 --identity-port 8113'
            ' --openai-port 8114"'
        ) from None
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle
