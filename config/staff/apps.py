from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "config.staff"
    label = "staff"

    def ready(self) -> None:
        from config.staff import receivers  # noqa: F401
