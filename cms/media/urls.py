from django.urls import path

from cms.media import documents, views

urlpatterns = [
    path("media/private/<str:token>/<path:name>", views.private_media, name="private_media"),
    # The name is Wagtail's: links to documents in rich text are made of it.
    path("documents/<int:pk>/<path:filename>", documents.document, name="wagtaildocs_serve"),
]
