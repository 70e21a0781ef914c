"""Closing an account at its member's wish, and taking that back within two weeks."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string

from fitness.accounts.services import profile_of
from fitness.core.errors import DomainError, MissingError
from fitness.privacy.models import Closure
from fitness.privacy.selectors import closure_of
from fitness.privacy.services.access import end_access
from fitness.privacy.services.letters import tell_account_is_closed
from fitness.tracking.services import change_profile

# What others see of a member, and what it is for somebody whom nobody sees.
_SEEN: dict[str, object] = {"alias": "", "is_on_boards": False, "avatar": ""}
_RECENT = dt.timedelta(minutes=10)


class SignInAgainError(DomainError):
    status = 403
    code = "sign_in_again"


class TooLateError(DomainError):
    status = 410
    code = "gone"


def check_sign_in_is_recent(*, signed_in_at: dt.datetime | None, now: dt.datetime) -> None:
    """Raise ``SignInAgainError`` unless who has no password proved just now who they are."""
    if signed_in_at is None or now - signed_in_at > _RECENT:
        raise SignInAgainError("Sign in again, and then close the account within ten minutes.")


@transaction.atomic
def close_account(*, user_id: int, now: dt.datetime) -> Closure:
    """Close the member's account at once, to be erased when the time to undo has passed.

    Nobody gets in any more, others no longer see the member, and nothing is charged again.
    Closing a closed account changes nothing. That it is the member is settled before.
    """
    user = get_user_model().objects.select_for_update(no_key=True).get(pk=user_id)
    closed = Closure.objects.filter(user=user_id, undone_at=None, erased_at=None).first()
    if closed is not None:
        return closed
    profile = profile_of(user_id=user_id)
    closure = Closure.objects.create(
        user=user,
        asked_at=now,
        due_at=now + dt.timedelta(days=settings.UNDO_DAYS),
        hidden={name: getattr(profile, name) for name in _SEEN if hasattr(profile, name)},
    )
    hidden = {name: _SEEN[name] for name in closure.hidden}
    change_profile(user_id=user_id, changes=hidden, now=now)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_access(user_id=user_id, now=now)
    end_billing.enqueue(str(closure.uid))
    tell_account_is_closed.enqueue(str(closure.uid))
    return closure


def undo_closure(*, token: str, now: dt.datetime) -> Closure:
    """Open the account again. The link works once, until the account is erased.

    What was cancelled at a store stays so: nothing is charged without being asked for.
    """
    found = closure_of(token)
    if found is None:
        raise MissingError("This link is not complete; copy it from the mail once more.")
    return _reopen(found.pk, now)


@task(queue_name="quick")
def end_billing(uid: str) -> None:
    """Queued. Has every store stop charging; the clock queues it again while the account waits."""
    closure = Closure.objects.get(uid=uuid.UUID(uid))
    if closure.is_open and closure.user_id is not None:
        names = import_string(settings.BILLING_ENDS)(user_id=closure.user_id, now=timezone.now())
        Closure.objects.filter(pk=closure.pk).update(
            billing_ended_at=timezone.now(), accounts_elsewhere=names
        )


@transaction.atomic
def _reopen(closure_id: int, now: dt.datetime) -> Closure:
    closure = Closure.objects.select_for_update().get(pk=closure_id)
    if closure.undone_at is not None:
        raise TooLateError("This was undone already: sign in as always.")
    if closure.erased_at is not None or closure.due_at <= now or closure.user_id is None:
        raise TooLateError("It is too late: the account has been erased.")
    closure.undone_at = now
    closure.save(update_fields=["undone_at"])
    get_user_model().objects.filter(pk=closure.user_id).update(is_active=True)
    change_profile(user_id=closure.user_id, changes=closure.hidden, now=now)
    return closure
