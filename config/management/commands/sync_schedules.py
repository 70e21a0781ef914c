"""``manage.py sync_schedules``: part of every release, safe to repeat."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from config.queue import timetable
from config.schedules import SCHEDULES


class Command(BaseCommand):
    help = "Makes the queue's schedules agree with config/schedules.py."

    def handle(self, **options: Any) -> None:
        try:
            added, removed = timetable.sync(SCHEDULES)
        except (ImportError, AttributeError, ValidationError) as error:
            raise CommandError(f"config/schedules.py is wrong: {error}") from error
        for word, names in (("Removed", removed), ("Added", added)):
            for name in names:
                self.stdout.write(f"{word}: {name}")
