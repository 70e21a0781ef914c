"""What the member keeps close: workouts and articles."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.users.cards import FavoriteOut, Shelf, rights_for
from cms.articles.selectors import articles_named
from fitness.core.errors import MissingError
from fitness.favorites import services
from fitness.favorites.models import Kind
from fitness.favorites.selectors import NEWEST_FIRST, Kept, favorite_of, favorites_of
from fitness.training.selectors import workout_for


class FavoriteIn(serializers.Serializer[Any]):
    """What to keep: its kind, and its id in the API."""

    kind = serializers.ChoiceField(Kind.choices)
    target = serializers.UUIDField()


class FavoriteFilters(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(Kind.choices, required=False)


class Favorites(APIView):
    @extend_schema(
        summary="What the member kept, newest first; what is gone has no card",
        parameters=[FavoriteFilters],
        responses={200: Page[FavoriteOut]},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        filters = FavoriteFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        cursor = Cursor(request, *NEWEST_FIRST)
        rows = cursor.rows(favorites_of(request.user.pk, **filters.validated_data))
        return personal_answer(cursor.as_page(_shown(request, rows, timezone.now())))

    @extend_schema(
        summary="Keep a thing; kept twice it is kept once (200)",
        request=FavoriteIn,
        responses={200: FavoriteOut, 201: FavoriteOut, **problems(404)},
    )
    @idempotent
    def post(self, request: MemberRequest) -> HttpResponse:
        told = FavoriteIn(data=request.data)
        told.is_valid(raise_exception=True)
        thing = told.validated_data
        user_id = request.user.pk
        if favorite_of(user_id, **thing) is None:
            _check_there(user_id=user_id, **thing)
        favorite, is_new = services.keep(user_id=user_id, **thing)
        kept = favorite_of(user_id, kind=favorite.kind, target=favorite.target)
        (shown,) = _shown(request, [kept] if kept else [], timezone.now())
        return personal_answer(shown, status=201 if is_new else 200)


class FavoriteDetail(APIView):
    @extend_schema(summary="Let a thing go", responses={204: None})
    def delete(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        services.let_go(user_id=request.user.pk, uid=uid)
        return HttpResponse(status=204)


def _shown(request: MemberRequest, rows: list[Kept], now: dt.datetime) -> list[FavoriteOut]:
    shelf = Shelf(rows)
    return shelf.out(rights_for(shelf.items, user_id=request.user.pk, now=now))


def _check_there(*, user_id: int, kind: str, target: uuid.UUID) -> None:
    """Raise ``MissingError`` unless there is such a thing and the member may see it."""
    if kind == Kind.WORKOUT:
        workout_for(user_id, target)
    elif target not in articles_named([target]):
        raise MissingError("There is no such article.")
