from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Pages"

    def ready(self) -> None:
        from cms.core import receivers

        receivers.connect()
