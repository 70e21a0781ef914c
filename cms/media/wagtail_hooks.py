"""The training library's place in the editors' admin."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.media import transcode_views as views
from cms.media.protection import refuse_what_is_in_use
from cms.media.uploads.urls import urlpatterns as uploads
from cms.media.viewsets import TrainingViewSetGroup

register_snippet(TrainingViewSetGroup)
hooks.register("before_delete_snippet", refuse_what_is_in_use)


@hooks.register("register_admin_urls")
def addresses_of_uploads() -> list[URLPattern]:
    return uploads


@hooks.register("register_admin_urls")
def transcode_urls() -> list[URLPattern]:
    return [
        path("media/videos/<int:pk>/transcode/", views.transcode_state, name="transcode_state"),
        path("media/videos/<int:pk>/transcode/again/", views.try_again, name="transcode_again"),
    ]


@hooks.register("insert_global_admin_css")
def transcode_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/media-admin.css"))


@hooks.register("insert_global_admin_js")
def transcode_js() -> str:
    return format_html('<script src="{}" defer></script>', static("js/media-admin.js"))
