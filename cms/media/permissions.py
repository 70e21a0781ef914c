"""Whose a film is: editors look after every film, trainers after those they uploaded."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from fitness.accounts.models import User
from fitness.training.models import Video

_CHANGE = "change"


def register() -> None:
    """Have Wagtail ask here; before anything asked it."""
    register_permission_policy(Video, FilmPolicy(Video))


def may_change(user: User | AnonymousUser, video: Video) -> bool:
    """Whether somebody may change this film, its captions, chapters and poster: no query."""
    if user.has_perm("training.change_video"):
        return True
    is_theirs = user.pk is not None and video.uploader_id == user.pk
    return is_theirs and user.has_perm("training.add_video")


class FilmPolicy(ModelPermissionPolicy):
    """Wagtail's rules, and for whoever may upload the right to change what they uploaded.

    Asked without a film, ``change`` says that there may be one. Deleting stays with editors.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        may = super().user_has_permission(user, action)
        return bool(may or (action == _CHANGE and super().user_has_permission(user, "add")))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Video) -> bool:
        if action == _CHANGE:
            return may_change(user, instance)
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Video]:
        asked = set(actions)
        found: QuerySet[Video] = super().instances_user_has_any_permission_for(user, asked)
        is_about_own = asked == {_CHANGE} and not user.has_perm("training.change_video")
        return found.filter(uploader=user) if is_about_own else found

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        asked = set(actions)
        return super().users_with_any_permission(asked | {"add"} if _CHANGE in asked else asked)


class OwnFilm:
    """A view of one film, for whoever may change it; Wagtail's own ask about films in general."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Video:
        video: Video = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not may_change(self.request.user, video):
            raise PermissionDenied
        return video
