"""``manage.py staff_link root@example.com``: the first superuser's way to a second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.staff.links import handed_link
from fitness.accounts.models import User, one_spelling
from fitness.core.errors import DomainError


class Command(BaseCommand):
    help = "Prints a link, good once and for a day, to set up a second factor for the admins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        user = User.objects.filter(email=one_spelling(options["email"])).first()
        if user is None:
            raise CommandError("There is no such account.")
        try:
            self.stdout.write(handed_link(user=user, now=timezone.now()))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
