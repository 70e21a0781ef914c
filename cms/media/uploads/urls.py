from django.urls import path

from cms.media.uploads import views

urlpatterns = [
    path("uploads/", views.start, name="upload_start"),
    path("uploads/<str:token>/", views.upload, name="upload"),
    path("uploads/<str:token>/finish", views.finish, name="upload_finish"),
    path("uploads/<str:token>/<int:offset>", views.part, name="upload_part"),
]
