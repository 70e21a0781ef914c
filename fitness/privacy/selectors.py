"""What is asked about consents, exports and closed accounts."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from fitness.accounts.models import SignIn
from fitness.privacy.models import Closure, Consent, Export, Kind
from fitness.privacy.rules import TEXTS, Text

_UNDO = signing.Signer(salt="fitness.privacy.undo")


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A text, and whether the member agrees to it: ``last`` is what they said last, if anything."""

    text: Text
    last: Consent | None

    @property
    def is_given(self) -> bool:
        return self.last is not None and self.last.is_given


def consents_of(*, user_id: int) -> list[ConsentView]:
    """Every text with what the member said to it last; one query."""
    newest = Consent.objects.filter(user=user_id).order_by("kind", "-id").distinct("kind")
    said = {consent.kind: consent for consent in newest}
    return [ConsentView(text, said.get(kind)) for kind, text in TEXTS.items()]


def may_process_health(user_id: int) -> bool:
    """Whether the member agrees, now, that health data is stored and used; one indexed read."""
    return _agrees(user_id, Kind.HEALTH)


def may_send_news(user_id: int) -> bool:
    """Whether the member wants news and offers; one indexed read."""
    return _agrees(user_id, Kind.MARKETING)


def newest_export(*, user_id: int) -> Export | None:
    """The export that the member asked for last; one query."""
    return Export.objects.filter(user=user_id).order_by("-asked_at", "-pk").first()


def expires_at(export: Export) -> dt.datetime | None:
    """When the file of a finished export is deleted."""
    return export.ready_at and export.ready_at + dt.timedelta(days=settings.EXPORT_DAYS)


def undo_token(closure: Closure) -> str:
    """What the link in the mail carries. It is good as long as the closure can be undone."""
    return _UNDO.sign(closure.uid.hex)


def closure_of(token: str) -> Closure | None:
    """The closed account that an undo link is about, carried out or undone as it may be."""
    try:
        uid = _UNDO.unsign(token)
    except signing.BadSignature:
        return None
    return Closure.objects.select_related("user").filter(uid=uid).first()


def signed_in_at(*, uid: uuid.UUID) -> dt.datetime | None:
    """When the member last proved who they are on this phone; one query."""
    return SignIn.objects.filter(uid=uid).values_list("started_at", flat=True).first()


def _agrees(user_id: int, kind: Kind) -> bool:
    said = Consent.objects.filter(user=user_id, kind=kind).order_by("-id")
    return bool(said.values_list("is_given", flat=True).first())
