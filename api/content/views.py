"""Articles, and the one door to a video's address."""

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

from api.content.answers import ArticleDetailOut, ArticleOut, article_fields
from api.core.access import access_of, offer_out
from api.core.answers import personal_answer, shared_answer
from api.core.errors import problem_answer
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest, member_id
from api.core.schema import problems
from api.workouts.answers import PlaybackOut, playback_out
from cms.articles.models import ArticlePage
from cms.media.addresses import fresh
from cms.media.playback import LockedError, start_playback_of
from commerce.entitlements.selectors import body_for, decide, may_open, rights_of
from fitness.core.errors import MissingError

_ORDERS = {
    "newest": ("-first_published_at", "-id"),
    "oldest": ("first_published_at", "id"),
    "title": ("title", "id"),
}


class ArticleFilters(serializers.Serializer[Any]):
    """The query of a list of articles."""

    category = serializers.SlugField(required=False, help_text="The slug of a category.")
    updated_since = serializers.DateTimeField(required=False)
    ordering = serializers.ChoiceField(list(_ORDERS), default="newest")


class Articles(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="What there is to read",
        parameters=[ArticleFilters],
        responses={200: Page[ArticleOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        filters = ArticleFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        chosen = filters.validated_data
        lookups = {"category": "category__slug", "updated_since": "last_published_at__gte"}
        wanted = {lookups[name]: chosen[name] for name in lookups if name in chosen}
        cursor = Cursor(request, *_ORDERS[chosen["ordering"]])
        rows = cursor.rows(ArticlePage.objects.newest().filter(**wanted))
        user_id = member_id(request)
        rights = rights_of(user_id=user_id, now=timezone.now())
        access = access_of(
            (row, decide(item=row, rights=rights, is_member=user_id is not None)) for row in rows
        )
        articles = [
            ArticleOut(**article_fields(row, access=access[row.entitlement_key])) for row in rows
        ]
        return shared_answer(request, cursor.as_page(articles))


class ArticleDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One article; locked, it has its teaser and no body",
        responses={200: ArticleDetailOut},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        page = ArticlePage.objects.newest().defer(None).filter(translation_key=uid).first()
        if page is None:
            raise MissingError("There is no such article.")
        now = timezone.now()
        decision = may_open(user_id=member_id(request), item=page, now=now)
        access = access_of([(page, decision)])[page.entitlement_key]
        stream = page.body.stream_block
        detail = ArticleDetailOut(
            **article_fields(page, access=access),
            teaser=page.teaser,
            body=fresh(stream.get_api_representation(body_for(page, decision)), now=now),
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
