"""The exercise library behind the workouts."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.answers import shared_answer
from api.core.pagination import Cursor, Page
from api.exercises.answers import ExerciseOut, exercise_out
from fitness.training.models import Difficulty, Equipment, Exercise, Muscle
from fitness.training.selectors import exercises


class ExerciseFilters(serializers.Serializer[Any]):
    difficulty = serializers.ChoiceField(Difficulty.choices, required=False)
    equipment = serializers.ChoiceField(Equipment.choices, required=False)
    muscle = serializers.ChoiceField(Muscle.choices, required=False)


class Exercises(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="The exercises, by name",
        parameters=[ExerciseFilters],
        responses={200: Page[ExerciseOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        filters = ExerciseFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        cursor = Cursor(request, "name", "id")
        rows = cursor.rows(exercises(**filters.validated_data))
        return shared_answer(request, cursor.as_page([exercise_out(row) for row in rows]))


class ExerciseDetail(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="One exercise and how it is done", responses={200: ExerciseOut})
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        exercise = get_object_or_404(Exercise, uid=uid)
        return shared_answer(request, exercise_out(exercise))
