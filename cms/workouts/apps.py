from django.apps import AppConfig


class WorkoutsConfig(AppConfig):
    name = "cms.workouts"
    label = "workouts"

    def ready(self) -> None:
        from cms.workouts import permissions, publishing

        permissions.register()
        publishing.connect()
