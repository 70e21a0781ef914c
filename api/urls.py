"""The API's map: the groups of the contract. No path ends in a slash."""

from django.urls import include, path, re_path

from api.core import docs
from api.core.errors import unknown_path
from api.exercises.views import Exercises
from api.leaderboard.views import MonthlyBoard, WeeklyBoard
from api.streaks.views import Streak
from api.workouts.views import Workouts

urlpatterns = [
    path("auth/", include("api.auth.urls")),
    path("users/", include("api.users.urls")),
    path("workouts", Workouts.as_view()),
    path("workouts/", include("api.workouts.urls")),
    path("exercises", Exercises.as_view()),
    path("exercises/", include("api.exercises.urls")),
    path("content/", include("api.content.urls")),
    path("streak", Streak.as_view()),
    path("leaderboard/weekly", WeeklyBoard.as_view()),
    path("leaderboard/monthly", MonthlyBoard.as_view()),
    path("admin/", include("api.admin.urls")),
    path("payments/", include("api.payments.urls")),
    *docs.urlpatterns,
    re_path("", unknown_path),
]
