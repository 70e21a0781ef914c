"""``manage.py demo``: the same as ``make demo``."""

import os
import sys

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Starts the whole product on this machine until Ctrl-C."

    def run_from_argv(self, argv: list[str]) -> None:
        # A process of its own, because settings are read once and the demo names its own.
        os.execv(sys.executable, [sys.executable, "-m", "config.devservices.demo", *argv[2:]])  # noqa: S606
