"""The sessions that the member did."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from api.workouts.answers import LogOut, log_out
from api.workouts.serializers import LogChanges, LogIn
from fitness.tracking import services
from fitness.training.selectors import as_session, session_of, sessions_of, workout_for


class WorkoutLogs(APIView):
    @extend_schema(
        summary="Log a session; streak, points and boards follow at once",
        request=LogIn,
        responses={201: LogOut},
    )
    @idempotent
    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        told = LogIn(data=request.data)
        told.is_valid(raise_exception=True)
        said = _said(told.validated_data)
        log = services.log_workout(
            user_id=request.user.pk,
            workout=workout_for(request.user.pk, uid),
            now=timezone.now(),
            **said,
        )
        has_sets = bool(said.get("sets"))
        session = session_of(request.user.pk, log.uid) if has_sets else as_session(log)
        return personal_answer(log_out(session), status=201)


class Sessions(APIView):
    @extend_schema(summary="The member's sessions, newest first", responses={200: Page[LogOut]})
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-occurred_at", "-id")
        rows = cursor.rows(sessions_of(request.user.pk))
        return personal_answer(cursor.as_page([log_out(row) for row in rows]))


class SessionDetail(APIView):
    @extend_schema(summary="One session", responses={200: LogOut})
    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return personal_answer(log_out(session_of(request.user.pk, uid)))

    @extend_schema(
        summary="Say anew what a session was", request=LogChanges, responses={200: LogOut}
    )
    def put(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        told = LogChanges(data=request.data)
        told.is_valid(raise_exception=True)
        said = {"effort": None, "note": "", **_said(told.validated_data)}
        sets = said.pop("sets", ())
        services.amend_workout_log(user_id=request.user.pk, uid=uid, changes=said, sets=sets)
        return personal_answer(log_out(session_of(request.user.pk, uid)))

    @extend_schema(summary="Take a session back, and what it earned", responses={204: None})
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        services.delete_workout_log(user_id=request.user.pk, uid=uid)
        return HttpResponse(status=204)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """The phone's words in ours."""
    said = dict(data)
    said["duration_seconds"] = said.pop("duration_s")
    return said
