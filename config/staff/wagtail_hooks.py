"""Among the members, admins find how to hand somebody the link to a second factor."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button

from config.staff.views import hand_out_link
from fitness.accounts.models import User


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    view = require_admin_access(hand_out_link)
    return [path("second-factor-link/<int:pk>/", view, name="hand_out_staff_link")]


@hooks.register("register_user_listing_buttons")
def second_factor_button(user: User, request_user: User) -> Iterator[Any]:
    if request_user.has_perm("accounts.change_user") and user.is_staff:
        yield Button(
            "Second-step link", reverse("hand_out_staff_link", args=[user.pk]), priority=40
        )
