"""The one way in which a member comes to a right or loses it."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from commerce.entitlements.models import Entitlement


@transaction.atomic
def set_rights(
    *,
    user_id: int,
    source: str,
    keys: Collection[str],
    starts_at: dt.datetime,
    ends_at: dt.datetime | None,
    revoked_at: dt.datetime | None = None,
    now: dt.datetime,
) -> None:
    """Make the rights a member has from ``source`` exactly these; doing it twice changes nothing.

    A right that the source no longer gives is revoked at ``now`` and kept as history.
    """
    _lock(user_id)
    window = {"starts_at": starts_at, "ends_at": ends_at, "revoked_at": revoked_at}
    for key in sorted(set(keys)):
        Entitlement.objects.update_or_create(
            user_id=user_id, source=source, key=key, defaults=window
        )
    (
        Entitlement.objects.of(user_id)
        .filter(Q(revoked_at=None) | Q(revoked_at__gt=now), source=source)
        .exclude(key__in=keys)
        .update(revoked_at=now, updated_at=now)
    )


def _lock(user_id: int) -> None:
    """Others who change this member's rights wait; who only refers to the member does not."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
