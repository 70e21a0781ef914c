"""What is asked of the pages by whoever keeps copies of them."""

import datetime as dt
import uuid
from typing import Any

from cms.core.models import Withdrawn


def withdrawn_since(kind: type[Any], since: dt.datetime) -> list[uuid.UUID]:
    """The pages of a kind that left the site since then and are not back; one query."""
    label: str = kind._meta.label_lower  # noqa: SLF001  (Django documents it)
    gone = Withdrawn.objects.filter(kind=label, at__gte=since).order_by("at", "pk")
    return list(gone.values_list("uid", flat=True))
