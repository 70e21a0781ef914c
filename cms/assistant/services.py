"""From an editor's question to words that the editor takes or leaves."""

import datetime as dt
import io
import logging
from typing import IO, Any

from django.db import transaction
from PIL import Image
from wagtail.models import Page

from cms.assistant.kinds import TASKS
from cms.assistant.models import Kind, State, Suggestion
from cms.core.models import CoverImage
from fitness.accounts.models import User
from fitness.core import limits, llm
from fitness.core.llm import NoAnswerError

_log = logging.getLogger(__name__)
_MOST_MATERIAL = 12_000
_PICTURE_SIZE = (768, 768)


def ask(
    *,
    editor: User,
    kind: str,
    now: dt.datetime,
    page: Page | None = None,
    image: CoverImage | None = None,
    sent: bytes | None = None,
) -> Suggestion:
    """Queue a question; ``LimitReachedError`` when the editor has asked too much."""
    from cms.assistant.tasks import answer

    limits.spend("assistant", account=editor.email)
    with transaction.atomic():
        asked = Suggestion.objects.create(
            editor=editor, kind=kind, page=page, image=image, sent=sent, asked_at=now
        )
        answer.enqueue(asked.pk)
    return asked


def answer(*, asked: Suggestion, now: dt.datetime) -> None:
    """Ask the model and keep what it says; a question that has its answer is left alone."""
    if asked.state != State.WAITING:
        return
    task = TASKS[asked.kind]
    try:
        given = llm.ask(
            task.shape,
            instructions=task.instructions,
            material=_material(asked),
            picture=_picture(asked),
        )
    except NoAnswerError as error:
        _log.warning("The assistant gave no answer: %r", error.__cause__ or error)
        _keep(asked, state=State.FAILED, trouble=str(error)[:200], answered_at=now)
        return
    words = task.tidy(given.said)
    _keep(
        asked,
        state=State.READY if words else State.FAILED,
        answer=words or None,
        trouble="" if words else "The assistant had nothing to say. Try again.",
        model=given.model[:80],
        tokens_in=given.tokens_in,
        tokens_out=given.tokens_out,
        answered_at=now,
    )


def end(*, asked: Suggestion, is_accepted: bool) -> None:
    """The words were taken or left: they are forgotten, what they cost is not."""
    state = State.ACCEPTED if is_accepted else State.DISMISSED
    Suggestion.objects.filter(pk=asked.pk).update(state=state, answer=None)


def forget_left(*, now: dt.datetime) -> None:
    """Words that nobody took for a day are gone; doing it again changes nothing."""
    Suggestion.objects.forgettable(now=now).update(state=State.DISMISSED, answer=None)
    a_day_ago = now - dt.timedelta(days=1)
    Suggestion.objects.filter(asked_at__lt=a_day_ago).exclude(sent=None).update(sent=None)


def _keep(asked: Suggestion, **values: object) -> None:
    # An editor who left meanwhile has no use for it.
    Suggestion.objects.filter(pk=asked.pk, state=State.WAITING).update(sent=None, **values)


def _material(asked: Suggestion) -> str:
    """The words of the newest draft of the page; of a tutorial to be written only its subject."""
    if asked.page is None:
        return "The picture."
    page: Any = asked.page.get_latest_revision_as_object()
    told = [f"Title: {page.title}", getattr(page, "introduction", "")]
    if asked.kind != Kind.TUTORIAL and hasattr(page, "body"):
        told += page.body.stream_block.get_searchable_content(page.body)
    return "\n".join(str(part) for part in told if part)[:_MOST_MATERIAL]


def small_picture(file: IO[bytes]) -> bytes:
    """A picture as the assistant sees it: small, and without what a camera wrote into it."""
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail(_PICTURE_SIZE)
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=80)
    return jpeg.getvalue()


def _picture(asked: Suggestion) -> bytes:
    if asked.sent:
        return bytes(asked.sent)
    if asked.image is None:
        return b""
    with asked.image.file.open("rb") as file:
        return small_picture(file)
