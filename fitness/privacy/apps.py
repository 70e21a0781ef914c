from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class PrivacyConfig(AppConfig):
    name = "fitness.privacy"
    label = "privacy"

    def ready(self) -> None:
        actors = import_module("fitness.privacy.audit.actors")
        triggers = import_module("fitness.privacy.audit.triggers")
        connection_created.connect(actors.tell_who, dispatch_uid="audit")
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="audit")
