"""What a trainer may do in the admin: write the workouts of their own page, and see no others.

Whose a workout is, its ``trainer`` says: as it stands live, or as it was last saved while it is
not. Wagtail asks these policies at every door: explorer, forms, history, previews, bulk actions
and its own API.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, override

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.trainers.accounts import has_page, writes_own_only
from cms.workouts.models import WorkoutIndexPage, WorkoutPage
from fitness.accounts.models import User

_SEEN_WITH = frozenset({"add", "change"})


def register() -> None:
    """Have Wagtail ask here; before anything asked it."""
    register_permission_policy(Page, TrainersPolicy())
    register_permission_policy(WorkoutIndexPage, LibraryPolicy(), exact_class=True)


def own_workouts(user: User | AnonymousUser) -> QuerySet[Page]:
    """The workouts that name a trainer's page with this account."""
    own: QuerySet[Page] = Page.objects.filter(workoutpage__trainer__account=user.pk)
    return own


def _libraries() -> QuerySet[Page]:
    libraries: QuerySet[Page] = Page.objects.type(WorkoutIndexPage)
    return libraries


class TrainersPolicy(PagePermissionPolicy):
    """Wagtail's rules, and for trainers the right to change each workout of their own."""

    def get_all_permissions_for_user(self, user: User) -> Any:
        if not writes_own_only(user):
            return super().get_all_permissions_for_user(user)
        return _grants(own_workouts(user), "change_page")

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        if writes_own_only(user):
            return bool(_SEEN_WITH & set(actions)) and has_page(user)
        return bool(super().user_has_any_permission(user, actions))

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Page]:
        asked = set(actions)
        if not writes_own_only(user):
            found: QuerySet[Page] = super().instances_user_has_any_permission_for(user, asked)
            return found
        return own_workouts(user) if "change" in asked else Page.objects.none()

    def instances_with_direct_explore_permission(self, user: User) -> list[Page]:
        if writes_own_only(user):
            return list(_libraries())
        return list(super().instances_with_direct_explore_permission(user))

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        """For a trainer, the library and what is theirs in it: one condition, however many."""
        if not writes_own_only(user):
            found: QuerySet[Page] = super().explorable_instances(user)
            return found
        root = self.explorable_root_instance(user)
        above = Q(pk__in=_libraries().values("pk")) | Q(pk=root.pk if root else None)
        seen: QuerySet[Page] = Page.objects.filter(Q(workoutpage__trainer__account=user) | above)
        return seen

    @override
    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[User]:
        asked = set(actions)
        found: QuerySet[User] = super().users_with_any_permission_for_instance(
            asked, instance, include_superusers
        )
        if "change" not in asked:
            return found
        theirs = WorkoutPage.objects.filter(pk=instance.pk).values("trainer__account")
        known = found.values("pk")
        return User.objects.filter(Q(pk__in=known) | Q(pk__in=theirs, is_active=True))


class LibraryPolicy(TrainersPolicy):
    """In the library itself, trainers with a page also begin new workouts.

    Not so in ``TrainersPolicy``: whoever may add somewhere may, for Wagtail, change all they
    have added below, also when it is another trainer's by now.
    """

    permission_cache_name = "_library_permission_cache"

    def get_all_permissions_for_user(self, user: User) -> Any:
        held = super().get_all_permissions_for_user(user)
        if not writes_own_only(user) or not has_page(user):
            return held
        return [*held, *_grants(_libraries(), "add_page")]


@dataclass(frozen=True, slots=True, eq=False)
class Grant:
    """A permission on a page and what is below it, as Wagtail's rows are, and no row."""

    page: Page
    permission: Permission

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


def _grants(pages: Iterable[Page], codename: str) -> list[Grant]:
    permission = Permission(codename=codename)
    return [Grant(page, permission) for page in pages]
