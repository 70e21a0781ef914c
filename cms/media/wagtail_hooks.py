"""The training library's place in the editors' admin."""

from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.media.protection import refuse_what_is_in_use
from cms.media.uploads.urls import urlpatterns as uploads
from cms.media.viewsets import TrainingViewSetGroup

register_snippet(TrainingViewSetGroup)
hooks.register("before_delete_snippet", refuse_what_is_in_use)


@hooks.register("register_admin_urls")
def addresses_of_uploads() -> list[URLPattern]:
    return uploads
