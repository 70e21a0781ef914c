"""What there is to read and to follow, and the one door to a video's address."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.content.answers import (
    ArticleDetailOut,
    ArticleOut,
    ProgrammeDetailOut,
    ProgrammeOut,
    TutorialDetailOut,
    TutorialOut,
    film_out,
)
from api.content.plans import plan_out
from api.content.stories import (
    ProgrammeFilters,
    StoryFilters,
    TrainingFilters,
    detail_fields,
    story_list,
    story_named,
)
from api.core.access import Reader, offer_out
from api.core.answers import personal_answer, shared_answer
from api.core.errors import problem_answer
from api.core.pagination import Synced
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.workouts.answers import PlaybackOut, playback_out
from cms.articles.models import ArticlePage
from cms.media.playback import LockedError, start_playback_of
from cms.programmes.models import ProgrammePage
from cms.programmes.selectors import places_of, with_places, with_trainer
from cms.tutorials.models import TutorialPage
from cms.workouts.cards import percents_of
from fitness.training.selectors import workouts_named


class Articles(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="What there is to read",
        parameters=[StoryFilters],
        responses={200: Synced[ArticleOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        chosen = _chosen(StoryFilters(data=request.query_params))
        return story_list(request, ArticlePage.objects.newest(), chosen=chosen, out=_article)


class ArticleDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One article; locked, it has its teaser and no body",
        responses={200: ArticleDetailOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        page = story_named(ArticlePage.objects.newest(), uid)
        fields = detail_fields(page, Reader.of(request, [page]))
        return shared_answer(
            request, ArticleDetailOut(**fields, reading_minutes=page.reading_minutes)
        )


class Tutorials(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="How things are done, step by step",
        parameters=[TrainingFilters],
        responses={200: Synced[TutorialOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        chosen = _chosen(TrainingFilters(data=request.query_params))
        return story_list(request, TutorialPage.objects.newest(), chosen=chosen, out=_tutorial)


class TutorialDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One tutorial; locked, it has its teaser and neither steps nor video",
        responses={200: TutorialDetailOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        tutorials = TutorialPage.objects.newest().select_related("video")
        page = story_named(tutorials, uid)
        reader = Reader.of(request, [page])
        is_open = reader.decide(page).granted
        detail = TutorialDetailOut(
            **detail_fields(page, reader),
            difficulty=page.difficulty,
            video=film_out(page.video) if page.video and is_open else None,
        )
        return shared_answer(request, detail)


class Programmes(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Workouts in an order that leads somewhere, over weeks",
        parameters=[ProgrammeFilters],
        responses={200: Synced[ProgrammeOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        chosen = _chosen(ProgrammeFilters(data=request.query_params))
        programmes = ProgrammePage.objects.newest()
        if "trainer" in chosen:
            programmes = with_trainer(programmes, chosen["trainer"])
        return story_list(request, programmes, chosen=chosen, out=_programme)


class ProgrammeDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One programme, week by week; locked, it has its plan and no guidance",
        responses={200: ProgrammeDetailOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        page = story_named(with_places(ProgrammePage.objects.newest()), uid)
        places = places_of(page)
        workouts = workouts_named({place.workout for place in places})
        reader = Reader.of(request, [page, *workouts.values()])
        percents = percents_of([item.id for item in workouts.values()], user_id=reader.user_id)
        detail = ProgrammeDetailOut(
            **detail_fields(page, reader),
            difficulty=page.difficulty,
            weeks=page.weeks,
            plan=plan_out(places, workouts, reader=reader, percents=percents),
        )
        return shared_answer(request, detail)


class Playback(APIView):
    @extend_schema(
        summary="A short-lived signed address for one video, by right",
        request=None,
        responses={200: PlaybackOut, **problems(403)},
    )
    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        try:
            playback = start_playback_of(user_id=request.user.pk, video_uid=uid, now=timezone.now())
        except LockedError as error:
            offers = [offer_out(card) for card in error.offers]
            return problem_answer(403, error.code, str(error), offers=offers)
        return personal_answer(playback_out(playback))


def _chosen(filters: serializers.Serializer[Any]) -> dict[str, Any]:
    filters.is_valid(raise_exception=True)
    chosen: dict[str, Any] = filters.validated_data
    return chosen


def _article(page: ArticlePage, **fields: Any) -> ArticleOut:
    return ArticleOut(**fields, reading_minutes=page.reading_minutes)


def _tutorial(page: TutorialPage, **fields: Any) -> TutorialOut:
    return TutorialOut(**fields, difficulty=page.difficulty)


def _programme(page: ProgrammePage, **fields: Any) -> ProgrammeOut:
    return ProgrammeOut(**fields, difficulty=page.difficulty, weeks=page.weeks)
