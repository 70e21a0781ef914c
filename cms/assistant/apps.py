from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "cms.assistant"
    label = "assistant"
