"""Videos as an admin client writes them, by the form that editors fill in."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from wagtail.admin.panels import get_form_for_model

from cms.media.captions import read_captions
from cms.media.forms import VideoForm
from cms.media.models import Caption, Chapter
from cms.media.permissions import may_change
from cms.media.protection import places_of
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError, MayNotError, MissingError
from fitness.training.models import Video

_FIELDS = ["title", "description", "file"]


class VideoNotRightError(DomainError):
    """The video cannot be kept as it is; ``errors`` point at what is wrong."""

    status: ClassVar[int] = 400
    code = "validation"


class VideoInUseError(ConflictError):
    """The video stands somewhere; ``places`` says where. Take it out there first."""

    code = "video_in_use"


def videos() -> QuerySet[Video]:
    """Every video with its state and its words: three queries for any number."""
    return Video.objects.select_related("transcode", "transcript").prefetch_related(
        Prefetch("captions", Caption.objects.order_by("language")),
        Prefetch("chapters", Chapter.objects.order_by("start_seconds")),
    )


def video_named(uid: uuid.UUID) -> Video:
    """Raises ``MissingError``."""
    video = videos().filter(uid=uid).first()
    if video is None:
        raise MissingError("There is no such video.")
    return video


@transaction.atomic
def save_video(
    *,
    user: User,
    video: Video | None,
    words: Mapping[str, str],
    file: UploadedFile[Any] | None = None,
    upload: str = "",
    captions: Sequence[Mapping[str, str]] | None = None,
) -> Video:
    """Keep a video and what is told about it; a new film goes to the queue to be streamed."""
    held = Video.objects.select_for_update().get(pk=video.pk) if video else Video()
    _check_may_save(user, held)
    kind = get_form_for_model(Video, form_class=VideoForm, fields=_FIELDS)
    data = {**words, **({"file-upload": upload} if upload else {})}
    form = kind(data, {"file": file} if file else {}, instance=held, for_user=user)
    if not form.is_valid():
        raise VideoNotRightError("Some fields are not right.", errors=_errors(form))
    read = _read_captions(captions or [])
    saved: Video = form.save()
    if captions is not None:
        Caption.objects.filter(video=saved).delete()
        Caption.objects.bulk_create(Caption(video=saved, **one) for one in read)
    return video_named(saved.uid)


@transaction.atomic
def delete_video(*, user: User, uid: uuid.UUID) -> None:
    """Delete a video that stands nowhere. Raises ``VideoInUseError``."""
    check_may(user, "delete")
    video = Video.objects.select_for_update().filter(uid=uid).first()
    if video is None:
        raise MissingError("There is no such video.")
    if places := places_of(video):
        raise VideoInUseError(
            f"The video still stands in {', '.join(places)}. Take it out there first.",
            places=places,
        )
    video.delete()


def check_may(user: User, verb: str) -> None:
    """Raise ``MayNotError`` unless this user may do that with videos in the editors' admin."""
    if not user.has_perm(f"training.{verb}_video"):
        raise MayNotError(f"You may not {verb} videos.")


def _check_may_save(user: User, video: Video) -> None:
    if not video.pk:
        check_may(user, "add")
    elif not may_change(user, video):
        raise MayNotError("You may not change this video.")


def _errors(form: Any) -> list[dict[str, str]]:
    names = {"file": "/upload" if not form.files else "/file", "__all__": ""}
    return [
        {
            "pointer": names.get(field, f"/{field}"),
            "code": fault.code or "invalid",
            "detail": message,
        }
        for field, faults in form.errors.as_data().items()
        for fault in faults
        for message in fault.messages
    ]


def _read_captions(captions: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    read, errors, known = [], [], set()
    for index, one in enumerate(captions):
        try:
            Caption(**one).clean_fields(exclude=["video"])
            if one["language"] in known:
                raise ValueError("There are captions in this language already.")  # noqa: TRY301
            known.add(one["language"])
            read.append({**one, "text": read_captions(one["text"])})
        except (ValidationError, ValueError) as error:
            detail = " ".join(getattr(error, "messages", [str(error)]))
            pointer = f"/captions/{index}"
            errors.append({"pointer": pointer, "code": "captions", "detail": detail})
    if errors:
        raise VideoNotRightError("Some captions are not right.", errors=errors)
    return read
