from django.apps import AppConfig


class ApiCoreConfig(AppConfig):
    name = "api.core"
    label = "api_core"

    def ready(self) -> None:
        from api.core import schema  # noqa: F401  (registers how structs are documented)
