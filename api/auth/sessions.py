"""Where the member is signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.auth.answers import SessionOut, session_out
from api.core.answers import personal_answer
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from fitness.accounts.selectors import sign_ins_of
from fitness.accounts.sign_ins import end_sign_in


class Sessions(APIView):
    @extend_schema(
        summary="The phones the member is signed in on", responses={200: Page[SessionOut]}
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-rotated_at", "-id")
        rows = cursor.rows(sign_ins_of(request.user.pk, now=timezone.now()))
        current = request.auth.sign_in
        return personal_answer(cursor.as_page([session_out(row, current=current) for row in rows]))


class SessionDetail(APIView):
    @extend_schema(summary="Sign one phone out", responses={204: None})
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        end_sign_in(user_id=request.user.pk, uid=uid, now=timezone.now())
        return HttpResponse(status=204)
