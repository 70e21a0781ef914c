from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _grant(**kwargs: Any) -> None:
    from cms.core.permissions import grant_editor_permissions

    grant_editor_permissions()


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Pages"

    def ready(self) -> None:
        # By now those of the training library exist: its app comes before this one.
        post_migrate.connect(_grant, sender=self)
