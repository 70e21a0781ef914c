from django.urls import path

from api.workouts import logs, search, views

urlpatterns = [
    path("categories", views.Categories.as_view()),
    path("featured", views.FeaturedWorkouts.as_view()),
    path("search", search.WorkoutSearch.as_view()),
    path("logs", logs.Sessions.as_view()),
    path("logs/<uuid:uid>", logs.SessionDetail.as_view()),
    path("<uuid:uid>", views.WorkoutDetail.as_view()),
    path("<uuid:uid>/videos", views.WorkoutVideos.as_view()),
    path("<uuid:uid>/progress", views.WorkoutProgress.as_view()),
    path("<uuid:uid>/log", logs.WorkoutLogs.as_view()),
]
