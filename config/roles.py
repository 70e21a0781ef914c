"""Who may do what: the only place that says so.

Everybody who signs in is a member, and a member may enter no admin at all. Editors write and
submit, moderators approve and publish, trainers write the workouts of their own page, admins also
look after members, plans and rights. Groups add up: an editor who publishes is a moderator too.
``apply_roles`` makes the database agree with the table after every migration, and takes away
what the table does not give.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from fitness.accounts.models import User

EDITOR, MODERATOR, TRAINER, ADMIN = "Editors", "Moderators", "Trainers", "Admins"
# The name that Wagtail's own migrations give the workflow they make.
APPROVAL = "Moderators approval"

_CHANGE = ("add", "change", "delete", "view")
_WRITE = ("add_page", "change_page")
_PUBLISH = (*_WRITE, "publish_page", "lock_page", "unlock_page")
_FILES = {
    "wagtailimages.image": ("add", "change", "choose"),
    "wagtaildocs.document": ("add", "change", "choose"),
}
_FOLDERS = {"wagtailcore.collection": ("add", "change", "delete")}


@dataclass(frozen=True, slots=True)
class Role:
    """What a group may do: with models (``*`` is every model of an app), pages and files."""

    models: Mapping[str, tuple[str, ...]]
    pages: tuple[str, ...] = ()
    files: Mapping[str, tuple[str, ...]] | None = None


_CONTENT = {
    "wagtailadmin.admin": ("access",),
    "training.category": _CHANGE,
    "training.exercise": _CHANGE,
    "training.video": _CHANGE,
    "media.*": _CHANGE,
    "wagtailredirects.redirect": _CHANGE,
    "wagtailsearchpromotions.searchpromotion": _CHANGE,
    "search.wanted": ("view",),
}
_OWN_WORKOUTS = {
    "wagtailadmin.admin": ("access",),
    # Which pages that means, ``cms.workouts.permissions`` says.
    "trainers.trainerpage": ("write_own",),
    "training.exercise": ("view",),
    # And to change what they uploaded: ``cms.media.permissions``.
    "training.video": ("add", "view"),
}
_HOUSE = {
    # Members, and who among them is editor or admin. Groups themselves are changed here only.
    "accounts.*": _CHANGE,
    "auth.group": ("view",),
    # What is for sale and who may open what. Books and stores are read, never written.
    "catalog.*": _CHANGE,
    "entitlements.*": _CHANGE,
    "billing.*": ("view",),
    "checkout.*": ("view",),
    "djstripe.*": ("view",),
    # How members come in, for those who help them.
    "account.emailaddress": _CHANGE,
    "socialaccount.socialaccount": ("view", "delete"),
    "mfa.authenticator": ("view", "delete"),
    "usersessions.usersession": ("view", "delete"),
    "wagtailcore.site": _CHANGE,
    "assistant.suggestion": ("view",),
}
ROLES: dict[str, Role] = {
    EDITOR: Role(models=_CONTENT, pages=_WRITE, files=_FILES),
    MODERATOR: Role(models=_CONTENT, pages=_PUBLISH, files=_FILES),
    TRAINER: Role(
        models=_OWN_WORKOUTS,
        files={"wagtailimages.image": ("add", "choose"), "wagtaildocs.document": ("choose",)},
    ),
    ADMIN: Role(
        models=_CONTENT | _HOUSE, pages=(*_PUBLISH, "bulk_delete_page"), files=_FILES | _FOLDERS
    ),
}


def give_role(user: User, name: str) -> None:
    """Put somebody into a role; twice is once."""
    user.groups.add(Group.objects.get_or_create(name=name)[0])


@transaction.atomic
def apply_roles() -> None:
    """Make the groups agree with the table; doing it twice changes nothing."""
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}
    for name, role in ROLES.items():
        groups[name].permissions.set(permissions_of(role))
        _apply_pages(groups[name], role)
        _apply_files(groups[name], role)
    _begin_workflow(groups[MODERATOR], groups[ADMIN])


def permissions_of(role: Role) -> list[Permission]:
    """The permissions that hold everywhere; those with pages and files hold in a place."""
    wanted = Q(pk=None)
    for label, verbs in role.models.items():
        app, model = label.split(".")
        of_app = Q(content_type__app_label=app)
        of_model = of_app if model == "*" else of_app & Q(content_type__model=model)
        verb = Q()
        for each in verbs:
            verb |= Q(codename__startswith=f"{each}_")
        wanted |= of_model & verb
    return list(Permission.objects.filter(wanted))


def _apply_pages(group: Group, role: Role) -> None:
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=role.pages
    )
    held = GroupPagePermission.objects.filter(group=group)
    held.exclude(page=root, permission__in=wanted).delete()
    for permission in wanted.exclude(pk__in=held.values("permission")):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)


def _apply_files(group: Group, role: Role) -> None:
    root = Collection.objects.filter(depth=1).first()
    if root is None:
        return
    wanted = Permission.objects.filter(_file_permissions(role.files or {}))
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted.exclude(pk__in=held.values("permission")):
        GroupCollectionPermission.objects.create(
            group=group, collection=root, permission=permission
        )


def _file_permissions(files: Mapping[str, Iterable[str]]) -> Q:
    wanted = Q(pk=None)
    for label, verbs in files.items():
        app, model = label.split(".")
        codenames = [f"{verb}_{model}" for verb in verbs]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return wanted


def _begin_workflow(*approvers: Group) -> None:
    """Whatever is submitted waits for a moderator, unless the house has a workflow of its own.

    One that was switched off or taken from the pages in the admin stays so.
    """
    root = Page.objects.filter(depth=1).first()
    if root is None or Workflow.objects.exists():
        return
    workflow = Workflow.objects.create(name=APPROVAL)
    step = GroupApprovalTask.objects.create(name=APPROVAL)
    step.groups.set(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)


def follow_groups(action: str, instance: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    """``is_staff``, which lets people into Django's admin, is so for whoever has a role."""
    if action not in {"post_add", "post_remove", "post_clear"}:
        return
    users = [instance] if isinstance(instance, User) else User.objects.filter(pk__in=pk_set or ())
    for user in users:
        has_role = user.is_superuser or user.groups.filter(name__in=ROLES).exists()
        if user.is_staff != has_role:
            user.is_staff = has_role
            user.save(update_fields=["is_staff"])
