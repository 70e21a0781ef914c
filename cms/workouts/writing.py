"""What an admin client says of a workout, put into its page and checked as the form does."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import ValidationError

from cms.core.blocks.taking import StoryRefusedError, story_from
from cms.core.checks import ERROR
from cms.core.forms import name_blocks
from cms.workouts.forms import TWICE, has_twice, trainers_to_name
from cms.workouts.models import PageExercise, PageVideo, WorkoutPage
from fitness.accounts.models import User
from fitness.core.errors import DomainError

type Fault = tuple[str, str, str]

# What a draft may still lack.
_LACKING = {"blank", "null", "required", "teaser_missing"}
_PARTS = {"videos": PageVideo, "exercises": PageExercise}


class PageNotRightError(DomainError):
    """The page cannot be kept, or published, as it is; ``errors`` point at what is wrong."""

    status: ClassVar[int] = 400
    code = "validation"


def write(page: WorkoutPage, fields: Mapping[str, Any], *, user: User) -> None:
    """Put the fields into the page; what a trainer writes names the trainer.

    Raises ``PageNotRightError``.
    """
    for name, value in fields.items():
        if name == "body":
            page.body = _story(page, value)
        elif name in _PARTS:
            _place(page, name, value)
        else:
            setattr(page, name, value)
    _name_trainer(page, user)


def check(page: WorkoutPage, *, is_publishing: bool) -> None:
    """What the editor's form asks of a page, of a draft less than of one that goes out."""
    faults = [fault for fault in _faults_of(page.full_clean, "") if fault[1] != TWICE.code]
    if has_twice([place.video_id for place in page.videos.all()]):
        faults.append(("/videos", "video_twice", str(TWICE.message)))
    for name in _PARTS:
        for index, place in enumerate(getattr(page, name).all()):
            at = f"/{name}/{index}"
            faults += [
                fault for fault in _faults_of(place.full_clean, at) if fault[0] != f"{at}/page"
            ]
    if not is_publishing:
        faults = [fault for fault in faults if fault[1] not in _LACKING or fault[0] == "/title"]
    elif not faults:
        faults = list(_not_ready(page))
    if faults:
        _refuse(faults)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """What the page's own rules say while it is stored, in the words of the API."""
    try:
        yield
    except ValidationError as error:
        _refuse(_told(error, ""))


def _name_trainer(page: WorkoutPage, user: User) -> None:
    """Trainers name themselves, as the form has it; one who is not said is them."""
    theirs = trainers_to_name(user)
    if theirs is None:
        return
    if page.trainer_id is None:
        page.trainer = theirs.first()
    elif not theirs.filter(pk=page.trainer_id).exists():
        _refuse([("/trainer", "not_yours", "A trainer names no other trainer.")])


def _not_ready(page: WorkoutPage) -> Iterator[Fault]:
    """What the checks beside the form find, each at its block."""
    name_blocks(page)
    places = {str(block.id): place for place, block in enumerate(page.body)}
    for finding in page.findings():
        if finding.severity == ERROR:
            at = f"/{places[finding.block]}" if finding.block in places else ""
            yield f"/{finding.field}{at}", "not_ready", finding.message


def _story(page: WorkoutPage, told: list[Any]) -> Any:
    try:
        return story_from(page.body.stream_block, told)
    except StoryRefusedError as error:
        _refuse([(f"/body{pointer}", "invalid", message) for pointer, message in error.faults])


def _place(page: WorkoutPage, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    kind = _PARTS[name]
    setattr(page, name, [kind(**row, sort_order=place) for place, row in enumerate(rows)])


def _faults_of(check: Callable[[], Any], at: str) -> list[Fault]:
    try:
        check()
    except ValidationError as error:
        return _told(error, at)
    return []


def _told(error: ValidationError, at: str) -> list[Fault]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {"__all__": [error]}
    return [
        (at if field == "__all__" else f"{at}/{field}", one.code or "invalid", message)
        for field, faults in by_field.items()
        for one in faults
        for message in one.messages
    ]


def _refuse(faults: Sequence[Fault]) -> NoReturn:
    errors = [
        {"pointer": pointer, "code": code, "detail": str(message)}
        for pointer, code, message in faults
    ]
    raise PageNotRightError("Some fields are not right.", errors=errors)
