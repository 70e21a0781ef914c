from django.urls import path

from api.admin import videos, workouts

urlpatterns = [
    path("workouts", workouts.AdminWorkouts.as_view()),
    path("workouts/<uuid:uid>", workouts.AdminWorkout.as_view()),
    path("workouts/<uuid:uid>/publication", workouts.AdminPublication.as_view()),
    path("workouts/<uuid:uid>/review", workouts.AdminReview.as_view()),
    path("videos", videos.AdminVideos.as_view()),
    path("videos/<uuid:uid>", videos.AdminVideo.as_view()),
    path("uploads", videos.Uploads.as_view()),
    path("uploads/<str:token>", videos.Upload.as_view()),
    path("uploads/<str:token>/finish", videos.UploadFinish.as_view()),
    path("uploads/<str:token>/<int:offset>", videos.UploadPart.as_view(), name="api_upload_part"),
]
