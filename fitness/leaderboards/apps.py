from django.apps import AppConfig


class LeaderboardsConfig(AppConfig):
    name = "fitness.leaderboards"
    label = "leaderboards"
