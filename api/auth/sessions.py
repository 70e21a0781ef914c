"""Where the member is signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.auth.answers import SessionOut, session_out
from api.auth.browsers import browsers_of, end_browser
from api.core.answers import personal_answer
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from fitness.accounts.selectors import sign_ins_of
from fitness.accounts.sign_ins import end_sign_in
from fitness.core.errors import MissingError


class Sessions(APIView):
    @extend_schema(
        summary="Where the member is signed in",
        description="Phones, the last used first; the first page begins with the browsers.",
        responses={200: Page[SessionOut]},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-rotated_at", "-id")
        rows = cursor.rows(sign_ins_of(request.user.pk, now=timezone.now()))
        current = request.auth.sign_in
        phones = [session_out(row, current=current) for row in rows]
        is_first = "cursor" not in request.query_params
        browsers = browsers_of(request.user, now=timezone.now()) if is_first else []
        return personal_answer(cursor.as_page([*browsers, *phones]))


class SessionDetail(APIView):
    @extend_schema(summary="Sign one phone or browser out", responses={204: None})
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        now = timezone.now()
        try:
            end_sign_in(user_id=request.user.pk, uid=uid, now=now)
        except MissingError:
            end_browser(request.user, uid=uid, now=now)
        return HttpResponse(status=204)
