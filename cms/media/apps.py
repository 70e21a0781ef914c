from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _grant(**kwargs: Any) -> None:
    from cms.media.permissions import grant_editor_permissions

    grant_editor_permissions()


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"

    def ready(self) -> None:
        from cms.media import receivers

        receivers.connect()
        # Permissions exist only once every app before this one has been migrated.
        post_migrate.connect(_grant, sender=self)
