"""The member's picture: a form with a file, or the bare bytes of one."""

from collections.abc import Mapping
from typing import IO, Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.errors import BodyTooLargeError
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.users.profile import AvatarOut
from fitness.accounts.avatars import remove_avatar, set_avatar
from fitness.accounts.pictures import LARGEST_BYTES
from fitness.core import limits

_FORM_AROUND_IT = 64 * 1024


class PictureParser(BaseParser):
    """The bytes of a picture, no more than one may have. What they are is judged later."""

    media_type = "image/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, bytes]:
        return {"file": stream.read(LARGEST_BYTES + 1)}


class AnyBytesParser(PictureParser):
    """Phones that do not know what they send."""

    media_type = "application/octet-stream"


class AvatarIn(serializers.Serializer[Any]):
    """JPEG, PNG, WebP, GIF, HEIC or AVIF; up to 5 MB and 25 megapixels."""

    file = serializers.FileField()


class AvatarView(APIView):
    parser_classes = [MultiPartParser, PictureParser, AnyBytesParser]

    @extend_schema(
        summary="Show the member by this picture; it is cut to a square and drawn anew",
        request={
            "multipart/form-data": AvatarIn,
            "image/*": OpenApiTypes.BINARY,
            "application/octet-stream": OpenApiTypes.BINARY,
        },
        responses={200: AvatarOut, **problems(422, 429)},
    )
    def put(self, request: MemberRequest) -> HttpResponse:
        sent = _sent(request)
        limits.spend("picture", account=str(request.user.uid))
        profile = set_avatar(user_id=request.user.pk, sent=sent)
        return personal_answer(AvatarOut.of(profile))

    @extend_schema(summary="Show no picture of the member", responses={204: None})
    def delete(self, request: MemberRequest) -> HttpResponse:
        remove_avatar(user_id=request.user.pk)
        return HttpResponse(status=204)


def _sent(request: Request) -> bytes:
    """The picture's bytes. A body that cannot hold one is refused before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES + _FORM_AROUND_IT:
        raise BodyTooLargeError
    told: Any = request.data
    bare = told.get("file")
    if isinstance(bare, bytes):
        return bare
    form = AvatarIn(data=told)
    form.is_valid(raise_exception=True)
    picture: bytes = form.validated_data["file"].read(LARGEST_BYTES + 1)
    return picture
