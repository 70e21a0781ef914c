from django.apps import AppConfig


class TutorialsConfig(AppConfig):
    name = "cms.tutorials"
    label = "tutorials"
