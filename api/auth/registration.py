"""Joining with an address and a password."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import setup_user_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from fitness.accounts.models import User
from fitness.accounts.services import register
from fitness.privacy.services.consents import agree_by_joining


def join(*, request: HttpRequest, email: str, password: str, time_zone: str, name: str) -> None:
    """Make an account and mail its owner a link that verifies the address.

    An address that has an account gets a mail that says so instead, and the caller is not told
    which of the two happened: nobody learns from us who trains here.
    """
    try:
        with transaction.atomic():
            # The password is hashed first, so that a known address takes as long as a new one.
            user = User.objects.create_user(email, password)
            register(user=user, time_zone=time_zone, name=name, now=timezone.now())
            agree_by_joining(user_id=user.pk, now=timezone.now())
            address = setup_user_email(request, user, [])
            address.send_confirmation(request, signup=True)
    except IntegrityError:
        get_adapter().send_account_already_exists_mail(email)
