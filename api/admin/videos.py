"""Videos for admin clients, and files that come in parts."""

import base64
import binascii
import datetime as dt
import uuid
from typing import Any

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from api.admin.access import IsStaff
from api.admin.serializers import UploadIn, VideoChanges, VideoIn
from api.core.answers import personal_answer
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page
from api.core.parsers import StrictJSONParser
from api.core.requests import MemberRequest, django_request
from api.core.schema import problems
from cms.media import editing
from cms.media.captions import as_time
from cms.media.uploads import services as uploads
from fitness.core.errors import MayNotError
from fitness.training.models import Video

_WORDS = ("title", "description", "chapters", "transcript")


class CaptionOut(msgspec.Struct, frozen=True):
    language: str
    label: str
    text: str


class AdminVideoOut(msgspec.Struct, frozen=True):
    """A video and how far it is on its way to streams; ``reason`` says why it did not get there."""

    id: uuid.UUID
    title: str
    description: str
    duration_s: int
    width: int
    height: int
    size_bytes: int
    state: str | None
    percent: int
    reason: str
    chapters: str
    transcript: str
    captions: list[CaptionOut]
    updated_at: dt.datetime


class NextPartOut(msgspec.Struct, frozen=True):
    """Where the next part goes by ``PUT``, and how many bytes it has."""

    url: str
    size: int


class UploadOut(msgspec.Struct, frozen=True):
    """How far an upload is. ``next`` is null once everything has arrived: finish it then."""

    token: str
    name: str
    size: int
    received: int
    next: NextPartOut | None


class FinishedUploadOut(msgspec.Struct, frozen=True):
    """A file that is whole: ``token`` makes a video of it."""

    token: str
    size: int


class RawParser(BaseParser):
    """Leaves the bytes on the line: they are written to the disk as they come."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream


class AdminVideos(APIView):
    permission_classes = [IsAuthenticated, IsStaff]
    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(
        summary="All videos, the newest first",
        responses={200: Page[AdminVideoOut], **problems(403)},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        editing.check_may(request.user, "view")
        cursor = Cursor(request, "-id")
        rows = cursor.rows(editing.videos())
        return personal_answer(cursor.as_page([video_out(row) for row in rows]))

    @extend_schema(
        summary="Make a video of a file, or of an upload that is finished",
        request=VideoIn,
        responses={201: AdminVideoOut, **problems(403)},
    )
    @idempotent
    def post(self, request: MemberRequest) -> HttpResponse:
        told = VideoIn(data=request.data)
        told.is_valid(raise_exception=True)
        said = told.validated_data
        video = editing.save_video(
            user=request.user,
            video=None,
            words={name: said[name] for name in _WORDS},
            file=said.get("file"),
            upload=said.get("upload", ""),
        )
        return personal_answer(video_out(video), status=201)


class AdminVideo(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(summary="One video", responses={200: AdminVideoOut, **problems(403)})
    def get(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        editing.check_may(request.user, "view")
        return personal_answer(video_out(editing.video_named(uid)))

    @extend_schema(
        summary="Say anew what a video is called and what is said in it, or replace its film",
        request=VideoChanges,
        responses={200: AdminVideoOut, **problems(403)},
    )
    def put(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        video = editing.video_named(uid)
        told = VideoChanges(data=request.data)
        told.is_valid(raise_exception=True)
        said = told.validated_data
        saved = editing.save_video(
            user=request.user,
            video=video,
            words={name: said[name] for name in _WORDS},
            upload=said.get("upload", ""),
            captions=said.get("captions"),
        )
        return personal_answer(video_out(saved))

    @extend_schema(
        summary="Delete a video that stands nowhere",
        responses={204: None, **problems(403, 409)},
    )
    def delete(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        editing.delete_video(user=request.user, uid=uid)
        return HttpResponse(status=204)


class Uploads(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="Begin to send a large file in parts, to us or straight to the bucket",
        request=UploadIn,
        responses={201: UploadOut, **problems(403, 422)},
    )
    def post(self, request: MemberRequest) -> HttpResponse:
        _check_may_upload(request)
        told = UploadIn(data=request.data)
        told.is_valid(raise_exception=True)
        said = told.validated_data
        try:
            head = base64.b64decode(said["head"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError({"head": "This is no base64."}) from None
        state = uploads.start_upload(
            user_id=request.user.pk, file_name=said["name"], size=said["size"], head=head
        )
        return personal_answer(_state(state), status=201)


class Upload(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="How far an upload is, and where it goes on",
        responses={200: UploadOut, **problems(403, 410)},
    )
    def get(self, request: MemberRequest, token: str) -> HttpResponse:
        _check_may_upload(request)
        return personal_answer(_state(uploads.state_of(token, user_id=request.user.pk)))

    @extend_schema(summary="Give an upload up", responses={204: None, **problems(403, 410)})
    def delete(self, request: MemberRequest, token: str) -> HttpResponse:
        _check_may_upload(request)
        uploads.abort_upload(token, user_id=request.user.pk)
        return HttpResponse(status=204)


class UploadPart(APIView):
    permission_classes = [IsAuthenticated, IsStaff]
    parser_classes = [RawParser]

    @extend_schema(
        summary="A part of the file from a byte on; the same part twice changes nothing",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: UploadOut, **problems(403, 409, 410)},
    )
    def put(self, request: MemberRequest, token: str, offset: int) -> HttpResponse:
        _check_may_upload(request)
        state = uploads.take_part(
            token, django_request(request), user_id=request.user.pk, offset=offset
        )
        return personal_answer(_state(state))


class UploadFinish(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="All parts have arrived",
        request=None,
        responses={200: FinishedUploadOut, **problems(403, 409, 410, 422)},
    )
    def post(self, request: MemberRequest, token: str) -> HttpResponse:
        _check_may_upload(request)
        stored = uploads.finish_upload(token, user_id=request.user.pk)
        return personal_answer(FinishedUploadOut(token=token, size=stored.size))


def video_out(video: Video) -> AdminVideoOut:
    kept, written = getattr(video, "transcode", None), getattr(video, "transcript", None)
    return AdminVideoOut(
        id=video.uid,
        title=video.title,
        description=video.description,
        duration_s=video.duration_seconds,
        width=video.width,
        height=video.height,
        size_bytes=video.size_bytes,
        state=kept.state if kept else None,
        percent=kept.percent if kept else 0,
        reason=kept.reason if kept else "",
        chapters="\n".join(
            f"{as_time(chapter.start_seconds)} {chapter.title}" for chapter in video.chapters.all()
        ),
        transcript=written.text if written else "",
        captions=[
            CaptionOut(language=one.language, label=one.label, text=one.text)
            for one in video.captions.all()
        ],
        updated_at=video.updated_at,
    )


def _check_may_upload(request: MemberRequest) -> None:
    if not any(request.user.has_perm(f"training.{verb}_video") for verb in ("add", "change")):
        raise MayNotError("You may not upload videos.")


def _state(state: uploads.State) -> UploadOut:
    """The state with our own address for parts, where they come to us."""
    going_on = state.next
    if going_on is None:
        following = None
    else:
        is_ours = going_on.url.startswith("/")
        at = reverse("api_upload_part", args=[state.token, state.received])
        following = NextPartOut(url=at if is_ours else going_on.url, size=going_on.size)
    return UploadOut(state.token, state.name, state.size, state.received, following)
