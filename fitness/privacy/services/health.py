"""Health data is kept only of members who agree to it, and goes when they take that back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import transaction

from fitness.body.models import Body, Diet, Weight
from fitness.core.errors import DomainError
from fitness.privacy.models import Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.selectors import may_process_health

_NOTHING: tuple[Any, ...] = (None, "", [], Diet.EVERYTHING)


class ConsentNeededError(DomainError):
    """The member has not agreed that health data is kept: nothing was. ``kind`` and ``version``
    name the text to show."""

    status: ClassVar[int] = 403
    code = "consent_needed"


def tells_of_health(*, body: dict[str, Any], weight_kg: object = None) -> bool:
    """Whether something would be kept. Saying nothing, or taking all back, needs no consent."""
    return weight_kg is not None or any(value not in _NOTHING for value in body.values())


@contextmanager
def keeping_health_data(*, user_id: int) -> Iterator[None]:
    """A transaction in which health data may be written: two queries.

    Raises ``ConsentNeededError``. Whoever takes the consent back meanwhile waits, so that nothing
    is written after it.
    """
    with transaction.atomic():
        hold_consents(user_id=user_id)
        if not may_process_health(user_id):
            text = TEXTS[Kind.HEALTH]
            raise ConsentNeededError(
                "Agree first that we keep and use your health data; you can take it back at any"
                " time.",
                kind=text.kind.value,
                version=text.version,
            )
        yield


def hold_consents(*, user_id: int) -> None:
    """What the member agrees to stays as it is until the transaction ends; one query."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def forget_health_data(*, user_id: int) -> None:
    """Delete what was kept by the consent: without it there is no ground to keep it."""
    Weight.objects.of(user_id).delete()
    Body.objects.filter(user=user_id).delete()
