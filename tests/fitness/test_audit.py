"""Who changed whose account, rights or prices: written by the database, and kept by it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commerce.catalog.models import Offer
from commerce.entitlements.models import Entitlement
from commerce.entitlements.services import set_rights
from fitness.accounts.models import Profile, SignIn, User
from fitness.accounts.sign_ins import end_sign_ins
from fitness.privacy.models import AuditEntry, Consent, How, Kind
from fitness.privacy.services.consents import record_consent
from tests import factories
from tests.api.client import ApiClient
from tests.commerce import goods

pytestmark = pytest.mark.django_db
ADMIN = "/django-admin/privacy/auditentry/"


def newest(model: str) -> AuditEntry:
    return AuditEntry.objects.filter(model=model).latest("pk")


def test_a_change_of_an_account_says_what_was_and_what_is(member: User) -> None:
    changed = User.objects.filter(pk=member.pk).update(is_staff=True, last_login=timezone.now())

    assert changed == 1
    entry = newest("accounts.User")
    assert (entry.action, entry.subject_id, entry.row) == ("update", member.pk, str(member.pk))
    assert (entry.before, entry.after) == ({"is_staff": False}, {"is_staff": True})


def test_a_sign_in_is_no_change_of_the_account(member: User) -> None:
    before = AuditEntry.objects.count()

    Client().force_login(member)
    ApiClient(user=member)

    assert AuditEntry.objects.count() == before


def test_a_new_password_is_told_without_what_it_is(member: User) -> None:
    member.set_password("some other sentence")
    member.save()

    assert newest("accounts.User").after == {"password": "…"}


def test_a_member_is_named_with_the_way_they_came(api: ApiClient, member: User) -> None:
    answer = api.patch_json("/api/users/settings", {"alias": "Robin"})

    entry = newest("accounts.Profile")
    assert (entry.actor_kind, entry.actor_id) == ("member", member.pk)
    assert entry.through == "PATCH:api/users/settings"
    assert entry.request_id
    assert entry.after == {"alias": "Robin"}
    assert answer.status_code == 200


def test_staff_are_named_as_such() -> None:
    admin = User.objects.create_superuser("admin@example.com", factories.PASSWORD)
    group = Group.objects.create(name="Editors of news")
    browser = Client()
    browser.force_login(admin)
    permission = Permission.objects.first()
    assert permission is not None

    browser.post(
        f"/django-admin/auth/group/{group.pk}/change/",
        {"name": "Editors of news", "permissions": [permission.pk]},
    )

    entry = newest("auth.Group_permissions")
    assert (entry.actor_kind, entry.actor_id) == ("staff", admin.pk)
    assert entry.after == {"group_id": group.pk, "permission_id": permission.pk}


def test_rights_roles_prices_and_consents_are_in_it(member: User) -> None:
    now = timezone.now()
    offer: Offer = goods.monthly()
    set_rights(
        user_id=member.pk, source="gift", keys=["premium"], starts_at=now, ends_at=None, now=now
    )
    member.groups.add(Group.objects.create(name="Readers"))
    Offer.objects.filter(pk=offer.pk).update(price_minor=1)
    record_consent(
        user_id=member.pk, kind=Kind.TERMS, version="2026-11", is_given=True, how=How.APP, now=now
    )
    ApiClient(user=member)
    end_sign_ins(user_id=member.pk, now=now, reason="closed")
    Entitlement.objects.all().delete()

    assert newest("entitlements.Entitlement").action == "delete"
    assert newest("accounts.User_groups").subject_id == member.pk
    assert newest("catalog.Offer").after == {"price_minor": 1}
    assert newest("privacy.Consent").after["kind"] == "terms"
    assert newest("accounts.SignIn").after["end_reason"] == "closed"


def test_many_rows_at_once_are_many_lines() -> None:
    users = [factories.member() for _ in range(3)]

    Profile.objects.filter(user__in=users).update(is_on_boards=True)
    Entitlement.objects.bulk_create(
        Entitlement(user=user, key="premium", source="gift", starts_at=timezone.now())
        for user in users
    )

    assert AuditEntry.objects.filter(model="accounts.Profile", action="update").count() >= 3
    assert AuditEntry.objects.filter(model="entitlements.Entitlement").count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_auditentry SET actor_id = 1",
        "UPDATE privacy_auditentry SET before = '{}'",
        "DELETE FROM privacy_auditentry",
        "SET LOCAL fitcore.scrub = 'on'; DELETE FROM privacy_auditentry",
        "SET LOCAL fitcore.scrub = 'on'; UPDATE privacy_auditentry SET after = '{\"a\": 1}'",
        "SET LOCAL fitcore.scrub = 'on'; UPDATE privacy_auditentry SET subject_id = 1",
        "SET LOCAL fitcore.scrub = 'on'; UPDATE privacy_auditentry SET at = '2020-01-01'",
    ],
)
def test_the_database_refuses_to_change_what_was_written(member: User, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_consent_is_never_rewritten(member: User) -> None:
    record_consent(
        user_id=member.pk,
        kind=Kind.TERMS,
        version="2026-11",
        is_given=True,
        how=How.APP,
        now=timezone.now(),
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(is_given=False)


@pytest.mark.parametrize("name", ["'; DROP TABLE x; --", "%s %d {}", "a" * 1000])
def test_a_hostile_request_id_is_only_text(api: ApiClient, name: str) -> None:
    answer = api.patch_json("/api/users/settings", {"alias": "Robin"})
    hostile = api.generic(
        "PATCH",
        "/api/users/settings",
        '{"alias": "Wren"}',
        "application/json",
        headers={"X-Request-ID": name},
    )

    assert (answer.status_code, hostile.status_code) == (200, 200)
    assert newest("accounts.Profile").after == {"alias": "Wren"}


def test_telling_who_it_was_costs_no_statement_more(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2) as asked:  # who asks, and what they agreed to
        api.get("/api/users/consents")
    assert not any("fitcore.actor" in query["sql"] for query in asked)
    with django_assert_num_queries(1):
        SignIn.objects.update(ended_at=timezone.now(), end_reason="closed")


def test_the_admin_finds_what_happened_to_a_member(
    member: User, django_assert_max_num_queries: Any
) -> None:
    other = factories.member()
    for user in (member, other):
        User.objects.filter(pk=user.pk).update(first_name="Robin")
    browser = Client()
    browser.force_login(User.objects.create_superuser("admin@example.com", factories.PASSWORD))

    with django_assert_max_num_queries(8):
        page = browser.get(ADMIN, {"q": member.email})

    entries = page.context["cl"].result_list
    assert {entry.subject_id for entry in entries} == {member.pk}
    assert browser.get(f"{ADMIN}{entries[0].pk}/change/").status_code == 200
    assert browser.post(f"{ADMIN}{entries[0].pk}/delete/").status_code == 403
    assert browser.get(ADMIN, {"q": "9" * 40}).status_code == 200


def test_the_lists_of_the_admin_never_count_the_whole_table(member: User) -> None:
    browser = Client()
    browser.force_login(User.objects.create_superuser("admin@example.com", factories.PASSWORD))

    with CaptureQueriesContext(connection) as asked:
        browser.get(ADMIN)

    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert counts
    assert all("LIMIT" in count for count in counts)


def test_the_list_of_users_leads_to_the_audit_trail(member: User) -> None:
    browser = Client()
    browser.force_login(User.objects.create_superuser("admin@example.com", factories.PASSWORD))

    page = browser.get("/cms/users/").content.decode()

    assert f"{ADMIN}?q={member.pk}" in page
