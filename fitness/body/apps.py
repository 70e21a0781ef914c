from django.apps import AppConfig


class BodyConfig(AppConfig):
    name = "fitness.body"
    label = "body"
