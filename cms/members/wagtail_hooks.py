"""Admins look after members; whoever owns the machine is not theirs to change or to make."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from fitness.accounts.models import User


@hooks.register("before_create_user")
def make_no_superuser(request: HttpRequest) -> None:
    if "is_superuser" in request.POST and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def spare_superusers(request: HttpRequest, user: User) -> None:
    make_no_superuser(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def spare_superusers_among_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    for chosen in objects:
        if isinstance(chosen, User):
            spare_superusers(request, chosen)
