"""Starts the demo's parts one after the other, watches them, and ends them the other way."""

import contextlib
import http.client
import signal
import sys
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from types import FrameType
from typing import NoReturn

from config.devservices import postgres
from config.devservices.demo.children import Child
from config.devservices.demo.plan import WEBHOOK_SECRET, DemoError, Plan, check_ports, claim, plan
from config.devservices.demo.unchanged import is_as_remembered, remember
from config.env import env

_LOOK_SECONDS = 0.5
_READY_SECONDS = 60


class Demo:
    """One run of the demo, from the first line it prints to its last."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._checks: list[Callable[[], None]] = []
        self._started = time.monotonic()
        self._has_data = False  # of our own server; another's tables we do not know

    def say(self, line: str) -> None:
        print(f"[{time.monotonic() - self._started:5.1f} s] {line}", flush=True)

    def run(self) -> NoReturn:
        """Be the demo until Ctrl-C, or until a part cannot start or ends: then say which."""
        with contextlib.ExitStack() as stack:
            try:
                self._start_all(stack)
                self._watch()
            except (DemoError, postgres.PostgresError) as error:
                print(error, flush=True)
                sys.exit(1)

    def _start_all(self, stack: contextlib.ExitStack) -> None:
        stack.enter_context(claim(self.plan.var))
        check_ports(self.plan)
        self.plan.logs.mkdir(parents=True, exist_ok=True)
        env.ENVIRON.update(self.plan.environment())
        self._start_database(stack)
        self._start_stripe(stack)
        self._start(
            stack, "sign-in stand-ins",
            "-m", "config.devservices.identity", "--port", str(self.plan.identity_port),
        )  # fmt: skip
        self._start(
            stack, "OpenAI stand-in",
            "-m", "config.devservices.openai", "--port", str(self.plan.openai_port),
        )  # fmt: skip
        # Importing the site takes seconds: where its tables surely fit, it does so meanwhile.
        is_ready = self._has_data and is_as_remembered(self.plan.var)
        if is_ready:
            self._start_web(stack)
        self._prepare()
        if not is_ready:
            self._start_web(stack)
        self._start(stack, "queue", "manage.py", "run_queue", "--grace", "5")
        self._wait_for_site()
        remember(self.plan.var)
        self.say("Ready")
        print(_welcome(self.plan), flush=True)

    def _watch(self) -> NoReturn:
        while True:
            time.sleep(_LOOK_SECONDS)
            self._check()

    def _check(self) -> None:
        """Raise the error of the first part that has ended."""
        for check in self._checks:
            check()

    def _start_database(self, stack: contextlib.ExitStack) -> None:
        if env.str("DATABASE_URL", default=""):
            self.say("Using the database that DATABASE_URL names")
            return
        self.say("Starting PostgreSQL")
        server = postgres.EmbeddedPostgres(self.plan.var)
        self._has_data = (server.data / "PG_VERSION").exists()
        server.start()
        stack.callback(self._stop_database, server)
        self._checks.append(server.check)

    def _stop_database(self, server: postgres.EmbeddedPostgres) -> None:
        self.say("Stopping PostgreSQL")
        server.stop()

    def _start_stripe(self, stack: contextlib.ExitStack) -> None:
        self._start(
            stack, "Stripe stand-in",
            "-m", "config.devservices.stripe", "--port", str(self.plan.stripe_port),
            "--state", str(self.plan.var / "stripe.json"),
            "--webhook", self.plan.webhook, "--secret", WEBHOOK_SECRET,
        )  # fmt: skip

    def _start_web(self, stack: contextlib.ExitStack) -> None:
        self._start(stack, "web server", "-m", "gunicorn", "-c", "python:config.gunicorn")

    def _prepare(self) -> None:
        """Tables, schedules, content and static files; a moment's work where all are there."""
        env.ENVIRON.update({"DATABASE_POOL": "0", "LOG_LEVEL": "WARNING"})  # ours, not theirs
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from config.devservices.demo import steps

        self.say("Checking tables")
        steps.migrate(self.say)
        call_command("sync_schedules", verbosity=0)
        self.say("Checking content")
        call_command("seed_demo", if_empty=True)
        steps.collect_static(self.say)
        connections.close_all()

    def _start(self, stack: contextlib.ExitStack, name: str, *command: str) -> None:
        self.say(f"Starting the {name}")
        child = Child(
            name,
            command,
            logs=self.plan.logs,
            environment={**self.plan.environment(), "DATABASE_POOL": "8", "LOG_LEVEL": "INFO"},
        )
        self._checks.append(child.check)
        stack.callback(self._stop, child)

    def _stop(self, child: Child) -> None:
        self.say(f"Stopping the {child.name}")
        child.stop()

    def _wait_for_site(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            self._check()
            if status := _status_of_home(self.plan.port):
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    self.say(f"The home page fails ({status}): see {self.plan.logs}")
                return
            time.sleep(_LOOK_SECONDS / 5)
        raise DemoError(f"The site does not answer; see the logs in {self.plan.logs}.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the demo; the process ends with 0 after Ctrl-C or SIGTERM."""
    demo = Demo(plan(arguments))
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        demo.run()
    except KeyboardInterrupt:
        demo.say("Stopped; everything is kept for the next time.")


def _status_of_home(port: int) -> int:
    """What the home page answers, 0 for nothing; it also warms the server up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    # Once: a second Ctrl-C must not cut the orderly end short.
    for handled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(handled, signal.SIG_IGN)
    raise KeyboardInterrupt


def _welcome(plan: Plan) -> str:
    lines = [
        "FitCore is running. Ctrl-C stops it.",
        "",
        f"Site         {plan.site}/",
        f"Editors      {plan.site}/cms/",
        f"API          {plan.site}/api/docs",
        f"Stripe       {plan.stripe}/  (a stand-in)",
        "Google and   on the sign-in page",
        f"Apple        {plan.identity}/  (stand-ins)",
        f"OpenAI       {plan.openai}  (a stand-in; editors' drafts)",
        "",
        "Sign in as   editor@fitcore.example   (writes and publishes)",
        "             writer@fitcore.example   (writes and submits)",
        "             trainer@fitcore.example  (writes their own workouts)",
        "             free@fitcore.example",
        "             premium@fitcore.example",
        "Password     fitcore-demo",
        "",
        f"Logs         {plan.logs}",
    ]
    width = max(map(len, lines)) + 2
    inner = "\n".join(f"│ {line:<{width}}│" for line in lines)
    return f"╭{'─' * (width + 1)}╮\n{inner}\n╰{'─' * (width + 1)}╯"
