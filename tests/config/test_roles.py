"""What the table of roles says is what the database says, and what the admins do."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal
from django.test import Client
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from config.roles import (
    ADMIN,
    APPROVAL,
    EDITOR,
    MODERATOR,
    ROLES,
    TRAINER,
    apply_roles,
    give_role,
    permissions_of,
)
from fitness.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

# What editors have no business with. Each is in an admin; none may open.
CLOSED_TO_EDITORS = [
    "/cms/users/", "/cms/users/new/", "/cms/groups/", "/cms/sites/", "/cms/collections/",
    "/django-admin/billing/subscription/", "/django-admin/billing/purchase/",
    "/django-admin/billing/ledgerentry/", "/django-admin/djstripe/customer/",
    "/django-admin/account/emailaddress/", "/django-admin/mfa/authenticator/",
]  # fmt: skip


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.mark.parametrize("name", [EDITOR, MODERATOR, TRAINER, ADMIN])
def test_the_database_says_what_the_table_says(name: str) -> None:
    group, role = Group.objects.get(name=name), ROLES[name]
    in_places = GroupPagePermission.objects.filter(group=group)
    on_files = GroupCollectionPermission.objects.filter(group=group)

    assert set(group.permissions.all()) == set(permissions_of(role))
    assert {row.permission.codename for row in in_places} == set(role.pages)
    assert {row.page for row in in_places} <= {Page.objects.get(depth=1)}
    assert {row.collection for row in on_files} == {Collection.objects.get(depth=1)}
    assert {row.permission.codename for row in on_files} == {
        f"{verb}_{label.partition('.')[2]}"
        for label, verbs in (role.files or {}).items()
        for verb in verbs
    }


def test_every_line_of_the_table_gives_something() -> None:
    for role in ROLES.values():
        for label, verbs in role.models.items():
            app, model = label.split(".")
            for verb in verbs:
                found = Permission.objects.filter(
                    content_type__app_label=app, codename__startswith=f"{verb}_"
                )
                named = found if model == "*" else found.filter(content_type__model=model)
                assert named.exists(), f"{label}: {verb}"


def test_migrating_takes_away_what_the_table_does_not_give() -> None:
    group = Group.objects.get(name=EDITOR)
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    group.permissions.remove(Permission.objects.get(codename="add_video"))
    GroupPagePermission.objects.filter(group=group).delete()

    for _ in range(2):
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    held = set(group.permissions.values_list("codename", flat=True))
    assert "delete_user" not in held
    assert "add_video" in held
    assert GroupPagePermission.objects.filter(group=group).count() == len(ROLES[EDITOR].pages)


def test_what_is_submitted_waits_for_a_moderator() -> None:
    workflow = WorkflowPage.objects.get(page__depth=1).workflow
    step = GroupApprovalTask.objects.get(workflow_tasks__workflow=workflow)

    assert workflow.name == APPROVAL
    assert set(step.groups.values_list("name", flat=True)) == {MODERATOR, ADMIN}


def test_a_house_that_switched_the_workflow_off_keeps_it_off() -> None:
    Workflow.objects.update(active=False)
    WorkflowPage.objects.all().delete()

    apply_roles()

    assert Workflow.objects.count() == 1
    assert not WorkflowPage.objects.exists()


def test_whoever_edited_and_published_before_still_does(member: User) -> None:
    editors = Group.objects.get(name=EDITOR)
    member.groups.add(editors)
    Group.objects.filter(name=MODERATOR).delete()
    step = GroupApprovalTask.objects.get()
    step.groups.set([editors])

    import_module("cms.dashboard.migrations.0001_roles_and_workflow").make_roles(apps, None)
    apply_roles()

    assert set(member.groups.values_list("name", flat=True)) == {EDITOR, MODERATOR}
    assert set(step.groups.values_list("name", flat=True)) == {MODERATOR, ADMIN}
    assert Workflow.objects.count() == 1


def test_a_role_opens_the_admins_and_its_loss_closes_them(member: User) -> None:
    give_role(member, EDITOR)
    member.refresh_from_db()
    came_in = member.is_staff
    member.groups.clear()
    member.refresh_from_db()

    assert (came_in, member.is_staff) == (True, False)


@pytest.mark.parametrize("address", CLOSED_TO_EDITORS)
def test_an_editor_reaches_no_member_and_no_money(address: str) -> None:
    answer = signed_in(factories.editor()).get(address, follow=True)

    assert answer.status_code == 403 or answer.redirect_chain == [("/cms/", 302)]


@pytest.mark.parametrize("address", CLOSED_TO_EDITORS)
def test_an_admin_reaches_members_and_money(address: str) -> None:
    assert signed_in(factories.admin()).get(address).status_code == 200


def test_groups_are_what_the_table_says_even_to_admins() -> None:
    browser = signed_in(factories.admin())
    group = Group.objects.get(name=EDITOR)

    for address in ["/cms/groups/new/", f"/cms/groups/edit/{group.pk}/"]:
        answer = browser.get(address, follow=True)
        assert answer.status_code == 403 or answer.redirect_chain == [("/cms/", 302)]


@pytest.mark.parametrize("address", ["/cms/", "/django-admin/", *CLOSED_TO_EDITORS])
def test_a_member_enters_no_admin(member: User, address: str) -> None:
    answer = signed_in(member).get(address, follow=True)

    assert answer.status_code == 403
    assert "This door is closed." in answer.content.decode()


def test_an_editor_makes_content() -> None:
    browser = signed_in(factories.editor())

    for address in ["/cms/", "/cms/pages/", "/cms/images/add/", "/cms/documents/",
                    "/cms/snippets/training/video/add/", "/cms/redirects/"]:  # fmt: skip
        assert browser.get(address).status_code == 200, address


def test_an_admin_neither_changes_nor_makes_the_owner_of_the_machine(member: User) -> None:
    owner = User.objects.create_superuser("root@example.com", factories.PASSWORD)
    browser = signed_in(factories.admin())
    told = {"email": member.email, "first_name": "A", "last_name": "B", "is_active": "on"}

    browser.post(f"/cms/users/edit/{owner.pk}/", told | {"email": owner.email})
    browser.post(f"/cms/users/delete/{owner.pk}/")
    browser.post(f"/cms/bulk/accounts/user/delete/?id={owner.pk}")
    browser.post(f"/cms/users/edit/{member.pk}/", told | {"is_superuser": "on"})
    refused = list(User.objects.filter(is_superuser=True).values_list("email", "first_name"))
    browser.post(f"/cms/users/edit/{member.pk}/", told)
    member.refresh_from_db()

    assert refused == [(owner.email, "")]
    assert member.first_name == "A"
