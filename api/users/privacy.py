"""What the member agrees to, a copy of what we hold on them, and the end of their account."""

import datetime as dt
import uuid
from typing import Any

import msgspec
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.auth.serializers import password_field
from api.core.answers import personal_answer
from api.core.idempotency import idempotent
from api.core.requests import MemberRequest, django_request
from api.core.schema import problems
from fitness.core.errors import MissingError
from fitness.privacy.models import Export, ExportState, How, Kind
from fitness.privacy.selectors import (
    ConsentView,
    consents_of,
    expires_at,
    newest_export,
    signed_in_at,
)
from fitness.privacy.services import closing, consents, exports


class ConsentIn(serializers.Serializer[Any]):
    """What the member says to one text; agreeing names the wording that was shown."""

    kind = serializers.ChoiceField(Kind.choices)
    is_given = serializers.BooleanField()
    version = serializers.CharField(max_length=16, required=False, default="", allow_blank=True)


class CloseIn(serializers.Serializer[Any]):
    """The password again; members who only sign in through others leave it out."""

    password = password_field(required=False, default="")


class ConsentOut(msgspec.Struct, frozen=True):
    """A text with its newest ``version``, and what the member said last, to which version."""

    kind: str
    version: str
    title: str
    wording: str
    is_withdrawable: bool
    is_given: bool
    said_version: str | None
    said_at: dt.datetime | None


class ConsentsOut(msgspec.Struct, frozen=True):
    consents: list[ConsentOut]


class ExportOut(msgspec.Struct, frozen=True):
    """How an export stands: ``waiting``, ``building``, ``ready`` or ``failed``.

    ``url`` is there when it is ready and good for minutes: ask again for a fresh one, until
    ``expires_at``.
    """

    id: uuid.UUID
    state: str
    percent: int
    asked_at: dt.datetime
    ready_at: dt.datetime | None
    expires_at: dt.datetime | None
    size_bytes: int
    url: str | None
    url_expires_at: dt.datetime | None


class ClosedOut(msgspec.Struct, frozen=True):
    """The account is closed; until ``erased_at`` the link in the mail undoes it."""

    closed_at: dt.datetime
    erased_at: dt.datetime


class Consents(APIView):
    @extend_schema(summary="What the member agrees to", responses={200: ConsentsOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        return _consents(request)

    @extend_schema(
        summary="Agree to a text, or take it back",
        description="Taking back `health` deletes what was kept by it: body, food, aims, weights.",
        request=ConsentIn,
        responses={200: ConsentsOut, **problems(409, 422)},
    )
    def put(self, request: MemberRequest) -> HttpResponse:
        told = ConsentIn(data=request.data)
        told.is_valid(raise_exception=True)
        consents.record_consent(
            user_id=request.user.pk, **told.validated_data, how=How.APP, now=timezone.now()
        )
        return _consents(request)


class ExportView(APIView):
    @extend_schema(
        summary="The newest export and where to fetch it",
        responses={200: ExportOut, **problems(404)},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        export = newest_export(user_id=request.user.pk)
        if export is None:
            raise MissingError("No export was asked for yet.")
        return personal_answer(_export_out(request, export))

    @extend_schema(
        summary="Ask for a copy of everything we hold on the member; one a day",
        request=None,
        responses={202: ExportOut},
    )
    @idempotent
    def post(self, request: MemberRequest) -> HttpResponse:
        export = exports.ask_for_export(user_id=request.user.pk, now=timezone.now())
        return personal_answer(_export_out(request, export), status=202)


class Me(APIView):
    @extend_schema(
        summary="Close the account; it is erased after two weeks unless the member undoes it",
        request=CloseIn,
        responses={202: ClosedOut, **problems(400, 403, 413, 415, 429)},
    )
    def delete(self, request: MemberRequest) -> HttpResponse:
        told = CloseIn(data=request.data)
        told.is_valid(raise_exception=True)
        _check_it_is_them(request, told.validated_data["password"])
        closure = closing.close_account(user_id=request.user.pk, now=timezone.now())
        closed = ClosedOut(closed_at=closure.asked_at, erased_at=closure.due_at)
        return personal_answer(closed, status=202)


def _check_it_is_them(request: MemberRequest, password: str) -> None:
    user = request.user
    if not user.has_usable_password():
        at = signed_in_at(uid=request.auth.sign_in)
        closing.check_sign_in_is_recent(signed_in_at=at, now=timezone.now())
    elif authenticate(django_request(request), email=user.email, password=password) is None:
        wrong = serializers.ErrorDetail("This is not your password.", code="wrong_password")
        raise serializers.ValidationError({"password": [wrong]})


def _consents(request: MemberRequest) -> HttpResponse:
    views = consents_of(user_id=request.user.pk)
    return personal_answer(ConsentsOut(consents=[_consent_out(view) for view in views]))


def _consent_out(view: ConsentView) -> ConsentOut:
    return ConsentOut(
        kind=view.text.kind,
        version=view.text.version,
        title=view.text.title,
        wording=view.text.wording,
        is_withdrawable=view.text.is_withdrawable,
        is_given=view.is_given,
        said_version=view.last.version if view.last else None,
        said_at=view.last.at if view.last else None,
    )


def _export_out(request: MemberRequest, export: Export) -> ExportOut:
    url = url_expires_at = None
    if export.state == ExportState.READY:
        url = request.build_absolute_uri(export.file.url)
        url_expires_at = timezone.now() + dt.timedelta(minutes=settings.PLAYBACK_MINUTES)
    return ExportOut(
        id=export.uid,
        state=export.state,
        percent=export.percent,
        asked_at=export.asked_at,
        ready_at=export.ready_at,
        expires_at=expires_at(export),
        size_bytes=export.size_bytes,
        url=url,
        url_expires_at=url_expires_at,
    )
