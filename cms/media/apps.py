from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"

    def ready(self) -> None:
        from cms.media import permissions, receivers

        permissions.register()
        receivers.connect()
