"""The library, what is in a workout, and how far the member came."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.access import Reader
from api.core.answers import personal_answer, shared_answer
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page, Synced
from api.core.requests import MemberRequest, member_id
from api.workouts.answers import (
    CategoryCountOut,
    ProgressOut,
    VideosOut,
    WorkoutDetailOut,
    WorkoutOut,
    detail_out,
    listed_out,
    progress_out,
)
from api.workouts.detail import prescription_out, videos_of
from api.workouts.serializers import ProgressIn, WorkoutFilters, chosen_by
from cms.core.selectors import withdrawn_since
from cms.media.addresses import fresh
from cms.workouts.models import WorkoutPage
from commerce.entitlements.selectors import body_for
from fitness.training import services
from fitness.training.models import Category
from fitness.training.selectors import (
    ListedWorkout,
    place_of,
    places_of,
    progress_in,
    workout_for,
    workout_in_full,
    workouts_for,
)


class Workouts(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The library and the caller's own workouts",
        parameters=[WorkoutFilters],
        responses={200: Synced[WorkoutOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        chosen = chosen_by(request.query_params)
        cursor = Cursor(request, *chosen.pop("ordering"))
        rows = cursor.rows(workouts_for(member_id(request), **chosen))
        since = chosen.get("updated_since")
        removed = withdrawn_since(WorkoutPage, since) if since and cursor.is_first else []
        return shared_answer(request, cursor.as_synced(_listed(request, rows), removed))


class FeaturedWorkouts(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="What the editors chose", responses={200: Page[WorkoutOut]})
    def get(self, request: Request) -> HttpResponseBase:
        cursor = Cursor(request, "-published_at", "-id")
        rows = cursor.rows(workouts_for(None, is_featured=True))
        return shared_answer(request, cursor.as_page(_listed(request, rows)))


class Categories(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="The shelves of the library", responses={200: Page[CategoryCountOut]})
    def get(self, request: Request) -> HttpResponseBase:
        cursor = Cursor(request, "position", "id")
        rows = cursor.rows(Category.objects.all())
        shelves = [
            CategoryCountOut(slug=row.slug, name=row.name, hue=row.hue, workouts=row.workout_count)
            for row in rows
        ]
        return shared_answer(request, cursor.as_page(shelves))


class WorkoutDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One workout; locked, it has its teaser and no body",
        responses={200: WorkoutDetailOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        found = workout_in_full(member_id(request), uid)
        reader = Reader.of(request, [found.workout])
        body = body_for(found.workout, reader.decide(found.workout))
        detail = detail_out(
            found.workout,
            access=reader.access_to(found.workout),
            body=fresh(body, now=timezone.now()),
            exercises=[prescription_out(asked) for asked in found.exercises],
            video_count=found.video_count,
        )
        return shared_answer(request, detail)


class WorkoutVideos(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The videos of a workout, with addresses for those that the caller may watch",
        responses={200: VideosOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        user_id, now = member_id(request), timezone.now()
        workout = workout_for(user_id, uid)
        reader = Reader.of(request, [workout])
        videos = videos_of(
            places_of(workout),
            is_open=reader.decide(workout).granted,
            progress=progress_in(workout, user_id=user_id),
            now=now,
        )
        # Signed addresses expire, so this answer is for nobody's cache.
        return personal_answer(VideosOut(access=reader.access_to(workout), results=videos))


class WorkoutProgress(APIView):
    @extend_schema(
        summary="Keep how far the member is in a video; never goes backwards",
        request=ProgressIn,
        responses={201: ProgressOut},
    )
    @idempotent
    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        told = ProgressIn(data=request.data)
        told.is_valid(raise_exception=True)
        place = place_of(request.user.pk, uid, told.validated_data["video"])
        progress = services.save_progress(
            user_id=request.user.pk,
            workout=place.workout,
            video=place.video,
            percent=told.validated_data["percent"],
            position_seconds=told.validated_data["position_s"],
            watched_at=told.validated_data["watched_at"],
            now=timezone.now(),
        )
        return personal_answer(progress_out(progress), status=201)


def _listed(request: Request, workouts: list[ListedWorkout]) -> list[WorkoutOut]:
    reader = Reader.of(request, workouts)
    return [listed_out(item, access=reader.access_to(item)) for item in workouts]
