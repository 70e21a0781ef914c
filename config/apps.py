from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import m2m_changed, post_migrate


def _apply_roles(**kwargs: Any) -> None:
    from config.roles import apply_roles

    apply_roles()


def _follow_groups(**kwargs: Any) -> None:
    from config.roles import follow_groups

    follow_groups(**kwargs)


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # When the last app has its tables and permissions.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(_apply_roles, sender=last)
        groups = apps.get_model("accounts", "User").groups
        m2m_changed.connect(_follow_groups, sender=groups.through)
