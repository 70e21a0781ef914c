"""Agreeing, and taking it back."""

import datetime as dt

from django.db import transaction

from fitness.core.errors import ConflictError, DomainError
from fitness.privacy.models import Consent, How, Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.services.health import forget_health_data, hold_consents


class OtherWordingError(ConflictError):
    code = "other_wording"


class NotWithdrawableError(DomainError):
    code = "not_withdrawable"


def agree_by_joining(*, user_id: int, now: dt.datetime) -> None:
    """Keep that a new member agreed to the terms, as it says beside the button."""
    record_consent(
        user_id=user_id,
        kind=Kind.TERMS,
        version=TEXTS[Kind.TERMS].version,
        is_given=True,
        how=How.REGISTRATION,
        now=now,
    )


@transaction.atomic
def record_consent(
    *, user_id: int, kind: Kind, version: str, is_given: bool, how: How, now: dt.datetime
) -> None:
    """Keep what the member said to a text; saying the same again adds nothing.

    Agreeing needs the newest wording (``OtherWordingError`` says which that is); taking back
    needs none. With the consent to health data goes the data itself.
    """
    text = TEXTS[kind]
    if is_given and version != text.version:
        raise OtherWordingError(
            "The wording has changed; show the new one and ask again.", version=text.version
        )
    if not is_given and not text.is_withdrawable:
        raise NotWithdrawableError("The account needs this; close the account to end it.")
    hold_consents(user_id=user_id)
    last = Consent.objects.filter(user=user_id, kind=kind).order_by("-id").first()
    if last is None and not is_given:
        return
    if last and last.is_given == is_given and (last.version == version or not is_given):
        return
    Consent.objects.create(
        user_id=user_id,
        kind=kind,
        version=version if is_given or last is None else last.version,
        is_given=is_given,
        at=now,
        how=how,
    )
    if kind == Kind.HEALTH and not is_given:
        forget_health_data(user_id=user_id)
