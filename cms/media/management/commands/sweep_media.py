"""``manage.py sweep_media``: delete files that nothing names, and sizes that are out of date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.core.outdated import forget_outdated_sizes, outdated_sizes
from cms.media.sweeping import TooManyError, orphans, sweep


class Command(BaseCommand):
    help = "Delete files that nothing names and that are older than a day, and outdated sizes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

        parser.add_argument("--even-most", action="store_true", help="Even if most would go.")

    def handle(self, *args: Any, dry_run: bool, even_most: bool, **options: Any) -> None:
        look = orphans if dry_run else sweep
        try:
            found = look(now=timezone.now(), even_most=even_most)
        except TooManyError as error:
            raise CommandError(f"{error} Is this the right database?") from error
        sizes = outdated_sizes().count() if dry_run else forget_outdated_sizes()
        for orphan in found:
            self.stdout.write(f"{orphan.storage}: {orphan.name}")
        told = "would go" if dry_run else "went"
        self.stdout.write(f"{len(found)} files and {sizes} outdated sizes {told}.")
