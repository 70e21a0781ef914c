from typing import Any

from django.core.management.base import BaseCommand

from commerce.checkout.services import sync_catalog


class Command(BaseCommand):
    help = "Makes every offer on sale at its store and keeps the ids of the prices."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sync_catalog()} prices changed.")
