from django.urls import path

from cms.media import views

urlpatterns = [
    path("private/<str:token>/<path:name>", views.private_media, name="private_media"),
]
