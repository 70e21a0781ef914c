from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "fitness.training"
    label = "training"
