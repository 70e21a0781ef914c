"""``manage.py seed_demo``: content that looks like a product."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demo import people, site
from config.demo.content.reading import read
from config.demo.seed import go_on, seed_demo


class Command(BaseCommand):
    help = "Fills FitCore with workouts, articles, members and their training. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="Another number, another demo.")
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a site that has pages alone; only the demo's members go on training.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if str(settings.SETTINGS_MODULE).endswith(".production"):
            raise CommandError("The demo's passwords are public: it is not for production.")
        content, now = read(), timezone.now()
        if not options["if_empty"] or not site.is_built():
            seed_demo(content=content, seed=options["seed"], now=now, say=self._say)
        elif people.is_here():
            go_on(content, seed=options["seed"], now=now, say=self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
