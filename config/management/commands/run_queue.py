"""``manage.py run_queue``: work on queued tasks, in production and in the demo alike."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.queue.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs queued tasks until SIGTERM. One run_queue a queue; workers are in Q_CLUSTER."
    requires_system_checks = ()  # a release has made them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("queues", nargs="*", help="all of them when none is named")
        parser.add_argument(
            "--grace",
            type=float,
            default=60,
            help="seconds that running tasks may take to end after SIGTERM",
        )

    def handle(self, *, queues: list[str], grace: float, **options: Any) -> None:
        known = [settings.Q_CLUSTER["name"], *settings.Q_CLUSTER["ALT_CLUSTERS"]]
        if unknown := set(queues) - set(known):
            raise CommandError(f"No such queue: {', '.join(unknown)}. There are {known}.")
        Supervisor(queues or known, grace_seconds=grace).run()
