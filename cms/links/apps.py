from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "cms.links"
    label = "links"

    def ready(self) -> None:
        from cms.links import receivers

        receivers.connect()
