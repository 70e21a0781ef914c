"""What Wagtail asks of the trainers by hook."""

from wagtail import hooks

from cms.core.editing import EditedPageViewSet
from cms.trainers.models import TrainerPage


@hooks.register("register_admin_viewset")
def trainer_pages() -> EditedPageViewSet:
    return EditedPageViewSet("trainer_pages", model=TrainerPage)
