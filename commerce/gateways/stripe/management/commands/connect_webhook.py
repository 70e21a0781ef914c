from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commerce.gateways.stripe.gateway import connect_webhook


class Command(BaseCommand):
    help = (
        "Asks Stripe to send its events to an address, and prints the secret they are signed with."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="https://<our host>/api/payments/webhooks/stripe")

    def handle(self, *args: Any, **options: Any) -> None:
        secret = connect_webhook(options["url"])
        self.stdout.write(f"STRIPE_WEBHOOK_SECRET={secret}")
