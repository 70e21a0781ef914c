"""Every model of every installed app is classified, and what the table says of it is true."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.utils.module_loading import import_string

from config.personal_data import PERSONAL_DATA, Impersonal
from fitness.accounts.models import User
from fitness.privacy.archive import rows_of
from fitness.privacy.rules import Along, Call, Clear, Delete, HandOver, Personal

PERSONAL = {said.model: said for said in PERSONAL_DATA if isinstance(said, Personal)}
IMPERSONAL = {
    f"{said.app}.{name}": said.because
    for said in PERSONAL_DATA
    if isinstance(said, Impersonal)
    for name in said.models.split()
}


def options_of(model: Any) -> Any:
    return model._meta  # noqa: SLF001  (documented)


MODELS = {options_of(model).label: model for model in apps.get_models(include_auto_created=True)}


def paths_to_user() -> dict[str, set[str]]:
    """Every model with a chain of foreign keys to the user, and its own keys to the user."""
    found: dict[str, set[str]] = {"accounts.User": set()}
    while True:
        before = len(found)
        for label, model in MODELS.items():
            for field in options_of(model).concrete_fields:
                if isinstance(field, ForeignKey) and leads_on(field, found):
                    found.setdefault(label, set())
                    if field.related_model is User:
                        found[label].add(field.name)
        if len(found) == before:
            return found


def leads_on(field: Any, found: dict[str, set[str]]) -> bool:
    """Whether the key names something personal; pages and the like only name their author."""
    label = options_of(field.related_model).label
    return label in found and not (
        label in PERSONAL and isinstance(PERSONAL[label].erase, Clear) and "billing" not in label
    )


def test_every_model_is_classified_once() -> None:
    assert sorted(MODELS.keys() - PERSONAL.keys() - IMPERSONAL.keys()) == []
    assert sorted(PERSONAL.keys() & IMPERSONAL.keys()) == []
    assert sorted((PERSONAL.keys() | IMPERSONAL.keys()) - MODELS.keys()) == []
    assert len(PERSONAL) == sum(isinstance(said, Personal) for said in PERSONAL_DATA)


def test_a_model_with_a_key_to_the_member_is_personal() -> None:
    for label, own in paths_to_user().items():
        if own:
            assert label in PERSONAL, f"{label} names a member and is said to be impersonal"


def test_every_key_to_the_member_is_among_the_paths_of_its_model() -> None:
    for label, own in paths_to_user().items():
        assert own <= set(PERSONAL[label].paths if label in PERSONAL else []), label


def test_nothing_impersonal_hangs_on_a_row_that_goes() -> None:
    for label in IMPERSONAL:
        for field in options_of(MODELS[label]).concrete_fields:
            if isinstance(field, ForeignKey):
                named = options_of(field.related_model).label
                goes = named in PERSONAL and isinstance(PERSONAL[named].erase, Delete)
                assert not goes, f"{label}.{field.name}"


@pytest.mark.django_db
@pytest.mark.parametrize("label", PERSONAL)
def test_what_the_table_says_of_a_model_can_be_done(label: str) -> None:
    personal = PERSONAL[label]
    options: Any = options_of(MODELS[label])

    assert list(rows_of(personal, 1)[:1]) == []
    for name in personal.leave_out.split():
        options.get_field(name)
    list(options_of(MODELS[label]).base_manager.values(*personal.also.split())[:1])
    match personal.erase:
        case Call(path=path):
            assert callable(import_string(path))
        case Along(model=model):
            assert model in PERSONAL
        case Clear() | HandOver():
            assert personal.erase.because
    if personal.first:
        assert callable(import_string(personal.first))


def test_no_secret_is_exported() -> None:
    words = ("password", "token", "secret", "key", "hash")
    told = {
        f"{label}.{field.name}"
        for label, personal in PERSONAL.items()
        if not personal.not_exported
        for field in options_of(MODELS[label]).concrete_fields
        if field.name not in personal.leave_out.split()
        and any(word in field.name for word in words)
    }
    assert told == {"entitlements.Entitlement.key", "wagtailusers.UserProfile.keyboard_shortcuts"}
