"""What the editors' groups may do besides writing pages."""

from django.contrib.auth.models import Group, Permission

EDITOR_GROUPS = ("Editors", "Moderators")
_MODELS = ("category", "exercise", "video")


def grant_editor_permissions() -> None:
    """Let editors and moderators keep the training library; doing it twice changes nothing."""
    permissions = Permission.objects.filter(
        content_type__app_label="training", content_type__model__in=_MODELS
    )
    for group in Group.objects.filter(name__in=EDITOR_GROUPS):
        group.permissions.add(*permissions)
