from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "cms.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from cms.dashboard import letters

        letters.connect()
