"""Which of those who enter the admin are trainers, and no more than that."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from wagtail.models import GroupPagePermission

from fitness.accounts.models import User

WRITE_OWN = "trainers.write_own_workouts"


def writes_own_only(user: User | AnonymousUser) -> bool:
    """Whether somebody may write the workouts of their own trainer's page, and no others.

    Two queries at most, remembered with the user for the rest of the request.
    """
    return isinstance(user, User) and _remembered(user, "_writes_own_only", _has_no_other_role)


def has_page(user: User) -> bool:
    """Whether a trainer's page has this account: one query, remembered likewise."""
    return _remembered(user, "_has_trainer_page", lambda user: user.trainer_pages.exists())


def _has_no_other_role(user: User) -> bool:
    if not user.is_active or user.is_superuser or not user.has_perm(WRITE_OWN):
        return False
    return not GroupPagePermission.objects.filter(group__user=user).exists()


def _remembered(user: User, name: str, ask: Callable[[User], bool]) -> bool:
    if name not in user.__dict__:
        user.__dict__[name] = ask(user)
    return bool(user.__dict__[name])
