"""Who signs in to the demo, and who else trains there."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.core.permissions import grant_editor_permissions
from commerce.entitlements.services import set_rights
from config.demo.content.reading import MemberText
from config.demo.shop import PREMIUM
from fitness.accounts.models import User
from fitness.accounts.services import register
from fitness.tracking.services import change_profile

PASSWORD = "fitcore-demo"  # noqa: S105 - printed for everybody who starts the demo
EDITOR = "editor@fitcore.example"
FREE = "free@fitcore.example"
PREMIUM_MEMBER = "premium@fitcore.example"
_EDITORS = "Moderators"
_SOURCE = "demo"


def is_here() -> bool:
    """Whether this installation is a demo."""
    return User.objects.filter(email=FREE).exists()


def welcome_editor() -> None:
    """Somebody who may write, publish and upload, and is no administrator."""
    editor = _signed_up(EDITOR, name="Ines Okafor")
    group, _ = Group.objects.get_or_create(name=_EDITORS)
    root = Page.get_first_root_node()
    for codename in ("add_page", "change_page", "publish_page"):
        permission = _permission("wagtailcore", codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for codename in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=_permission("wagtailimages", codename),
        )
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    grant_editor_permissions()
    editor.groups.add(group)


def welcome_member(text: MemberText, *, joined_at: dt.datetime) -> User:
    """A member who came on a day in the past and stands on the boards; again changes nothing."""
    return _joined(text, User.objects.filter(email=text.email).first(), joined_at)


def welcome_guest(text: MemberText, *, email: str, joined_at: dt.datetime) -> User:
    """A member as whom the person at the keyboard can sign in."""
    return _joined(text, _signed_up(email, name=text.name), joined_at)


def give_premium(user: User, *, since: dt.datetime, now: dt.datetime) -> None:
    """Premium without a payment, for the demo's own member."""
    set_rights(
        user_id=user.pk, source=_SOURCE, keys=[PREMIUM], starts_at=since, ends_at=None, now=now
    )


def _joined(text: MemberText, user: User | None, joined_at: dt.datetime) -> User:
    if user is not None and hasattr(user, "profile"):
        return user
    user = user or User.objects.create_user(text.email, **_names(text.name))
    user.date_joined = user.verified_at = joined_at
    user.save(update_fields=["date_joined", "verified_at"])
    register(user=user, time_zone=text.time_zone, now=joined_at)
    told = {"name": text.name, "alias": text.alias, "is_on_boards": True}
    change_profile(user_id=user.pk, changes=told, now=joined_at)
    return user


def _signed_up(email: str, *, name: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, verified_at=timezone.now(), **_names(name))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _names(name: str) -> dict[str, str]:
    first, _, last = name.partition(" ")
    return {"first_name": first, "last_name": last}


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
