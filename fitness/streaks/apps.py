from django.apps import AppConfig


class StreaksConfig(AppConfig):
    name = "fitness.streaks"
    label = "streaks"
