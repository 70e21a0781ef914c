from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "fitness.notifications"
    label = "notifications"
