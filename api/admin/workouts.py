"""Workouts for admin clients: the pages that editors edit in Wagtail."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from api.admin.access import IsStaff
from api.admin.answers import ReviewOut, WorkoutDraftOut, WorkoutPageOut, draft_out, page_out
from api.admin.serializers import WorkoutPageIn
from api.core.answers import personal_answer
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from api.core.schema import problems
from cms.workouts import drafts, reviewing
from cms.workouts.models import WorkoutPage
from fitness.core.errors import DomainError, MayNotError

_SEEN = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The `ETag` of the page as you read it, so that nobody's work is overwritten.",
)


class UnseenError(DomainError):
    """Say which revision you saw, in ``If-Match``."""

    status: ClassVar[int] = 428
    code = "revision_missing"


class AdminWorkouts(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="The workout pages that the caller may see in the editors' admin",
        responses={200: Page[WorkoutPageOut], **problems(403)},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-id")
        rows = cursor.rows(drafts.pages_seen_by(request.user).defer("body"))
        return personal_answer(cursor.as_page([page_out(row) for row in rows]))

    @extend_schema(
        summary="Write a new workout, as a draft or to be published at once",
        request=WorkoutPageIn,
        responses={201: WorkoutDraftOut, **problems(403)},
    )
    @idempotent
    def post(self, request: MemberRequest) -> HttpResponse:
        fields = _fields(WorkoutPageIn(data=request.data))
        page = drafts.create_draft(user=request.user, publish=fields.pop("publish"), fields=fields)
        return _draft(page, status=201)


class AdminWorkout(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="One workout page as it was saved last",
        responses={200: WorkoutDraftOut, **problems(403)},
    )
    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        page = drafts.page_named(uid)
        if not page.permissions_for_user(request.user).can_edit():
            raise MayNotError("You may not edit this page.")
        return _draft(page)

    @extend_schema(
        summary="Save the page anew; what is left out is as in a new one",
        request=WorkoutPageIn,
        parameters=[_SEEN],
        responses={200: WorkoutDraftOut, **problems(403, 412, 423, 428)},
    )
    def put(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return _changed(request, uid, WorkoutPageIn(data=request.data))

    @extend_schema(
        summary="Save the page with some fields changed",
        request=WorkoutPageIn(partial=True),
        parameters=[_SEEN],
        responses={200: WorkoutDraftOut, **problems(403, 412, 423, 428)},
    )
    def patch(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return _changed(request, uid, WorkoutPageIn(data=request.data, partial=True))

    @extend_schema(
        summary="Delete the page; members keep what they did with the workout",
        parameters=[_SEEN],
        responses={204: None, **problems(403, 412, 423, 428)},
    )
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        drafts.page_named(uid)
        drafts.delete_page(user=request.user, uid=uid, seen=_seen(request))
        return HttpResponse(status=204)


class AdminPublication(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="Take the page off the site and keep it as a draft; twice is once",
        parameters=[_SEEN],
        responses={204: None, **problems(403, 412, 428)},
    )
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        drafts.page_named(uid)
        drafts.unpublish_page(user=request.user, uid=uid, seen=_seen(request))
        return HttpResponse(status=204)


class AdminReview(APIView):
    permission_classes = [IsAuthenticated, IsStaff]

    @extend_schema(
        summary="Where the page is on its way to be reviewed",
        responses={200: ReviewOut, **problems(403)},
    )
    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        page = drafts.page_named(uid)
        if not page.permissions_for_user(request.user).can_edit():
            raise MayNotError("You may not edit this page.")
        return _review(page)

    @extend_schema(
        summary="Submit the page to whoever reviews it, with the checks of publishing",
        request=None,
        parameters=[_SEEN],
        responses={201: ReviewOut, **problems(403, 409, 412, 423, 428)},
    )
    @idempotent
    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        drafts.page_named(uid)
        page = reviewing.submit_page(user=request.user, uid=uid, seen=_seen(request))
        return _review(page, status=201)

    @extend_schema(
        summary="Call the page back from review; twice is once",
        parameters=[_SEEN],
        responses={204: None, **problems(403, 412, 428)},
    )
    def delete(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        drafts.page_named(uid)
        reviewing.cancel_review(user=request.user, uid=uid, seen=_seen(request))
        return HttpResponse(status=204)


def _review(page: WorkoutPage, *, status: int = 200) -> HttpResponse:
    return personal_answer(ReviewOut(**asdict(reviewing.review_of(page))), status=status)


def _changed(request: MemberRequest, uid: UUID, told: WorkoutPageIn) -> HttpResponse:
    drafts.page_named(uid)
    fields = _fields(told)
    page = drafts.change_draft(
        user=request.user,
        uid=uid,
        seen=_seen(request),
        publish=fields.pop("publish", False),
        fields=fields,
    )
    return _draft(page)


def _fields(told: WorkoutPageIn) -> dict[str, Any]:
    told.is_valid(raise_exception=True)
    fields: dict[str, Any] = dict(told.validated_data)
    return fields


def _seen(request: MemberRequest) -> int:
    """The revision that the client read, or a number that none has."""
    given = request.headers.get("If-Match")
    if given is None:
        raise UnseenError("Send the ETag of the page as you read it in If-Match.")
    number = given.strip().removeprefix("W/").strip('"')
    return int(number) if number.isdecimal() and len(number) <= 18 else 0  # noqa: PLR2004


def _draft(page: WorkoutPage, *, status: int = 200) -> HttpResponse:
    answer = personal_answer(draft_out(page), status=status)
    answer["ETag"] = f'"{page.latest_revision_id}"'
    return answer
