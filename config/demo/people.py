"""Who signs in to the demo, and who else trains there."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.utils import timezone

from cms.trainers.models import TrainerPage
from commerce.entitlements.services import set_rights
from config import roles
from config.demo.content.reading import MemberText
from config.demo.shop import PREMIUM
from fitness.accounts.models import User
from fitness.accounts.services import register
from fitness.tracking.services import change_profile

PASSWORD = "fitcore-demo"  # noqa: S105 - printed for everybody who starts the demo
EDITOR = "editor@fitcore.example"
WRITER = "writer@fitcore.example"
TRAINER = "trainer@fitcore.example"
_TRAINERS_PAGE = "mira-sato"
FREE = "free@fitcore.example"
PREMIUM_MEMBER = "premium@fitcore.example"
_SOURCE = "demo"


def is_here() -> bool:
    """Whether this installation is a demo."""
    return User.objects.filter(email=FREE).exists()


def welcome_house() -> None:
    """Who writes, publishes and approves, who writes and submits, and who writes their own."""
    editor = _signed_up(EDITOR, name="Ines Okafor")
    roles.give_role(editor, roles.EDITOR)
    roles.give_role(editor, roles.MODERATOR)
    roles.give_role(_signed_up(WRITER, name="Noor Haddad"), roles.EDITOR)
    trainer = _signed_up(TRAINER, name="Mira Sato")
    roles.give_role(trainer, roles.TRAINER)
    _link(trainer)


def _link(trainer: User) -> None:
    page = TrainerPage.objects.filter(slug=_TRAINERS_PAGE, account=None).first()
    if page:
        page.account = trainer
        page.save_revision().publish()


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
