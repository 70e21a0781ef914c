from django.apps import AppConfig


class TrainersConfig(AppConfig):
    name = "cms.trainers"
    label = "trainers"
