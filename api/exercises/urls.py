from django.urls import path

from api.exercises import views

urlpatterns = [
    path("<uuid:uid>", views.ExerciseDetail.as_view()),
]
