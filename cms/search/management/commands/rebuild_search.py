"""``manage.py rebuild_search``: write everything that can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.search.healing import rebuild


class Command(BaseCommand):
    help = "Write the search index anew from what is live. Doing it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild():,} things can be found.")
