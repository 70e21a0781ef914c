"""Links to a second factor: made by mail, by an admin or on the server, and used once."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from config.staff.factors import may_enter, opens_admins
from config.staff.models import StaffLink
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError

BY_MAIL = dt.timedelta(minutes=15)
BY_HAND = dt.timedelta(hours=24)


class AddressNotConfirmedError(DomainError):
    """A letter proves nothing when nobody has shown that its address is the account's own."""

    code = "address_not_confirmed"


class LinkEndedError(DomainError):
    """The link was used, is too old, belongs to somebody else, or is none."""

    code = "link_ended"


def mailed_link(*, user: User, now: dt.datetime) -> str:
    """A link for the inbox of the account, whose address has to be confirmed."""
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        raise AddressNotConfirmedError("Confirm your e-mail address first.")
    return _issue(user=user, until=now + BY_MAIL)


def handed_link(*, user: User, now: dt.datetime, issued_by: User | None = None) -> str:
    """A link to be handed over by whoever knows that person: it replaces the letter."""
    return _issue(user=user, until=now + BY_HAND, issued_by=issued_by)


@transaction.atomic
def use_link(token: str, *, user: User, now: dt.datetime) -> None:
    """Use a link up; of two at once one does. With it all others of that person end."""
    try:
        uid = uuid.UUID(signing.loads(token, salt=__name__))
    except (signing.BadSignature, ValueError):
        raise _ended() from None
    good = StaffLink.objects.filter(user=user, used_at=None, expires_at__gt=now)
    if opens_admins(user) or not good.filter(uid=uid).update(used_at=now):
        raise _ended()
    good.delete()


def _issue(*, user: User, until: dt.datetime, issued_by: User | None = None) -> str:
    if not may_enter(user):
        raise ConflictError("Whoever may enter no admin needs no such link.")
    if opens_admins(user):
        raise ConflictError("There is a second step already. Remove it to set up another.")
    link = StaffLink.objects.create(user=user, expires_at=until, issued_by=issued_by)
    token = signing.dumps(str(link.uid), salt=__name__)
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + reverse("staff_link", args=[token])


def _ended() -> LinkEndedError:
    return LinkEndedError("This link has ended: each is good once and for a short while.")
