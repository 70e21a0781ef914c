"""Whose account an identity opens: the one place that says so, for phones and for the web."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from api.auth.identity import names
from api.auth.identity.errors import (
    AccountClosedError,
    AddressTakenError,
    AddressUnprovenError,
    LinkedElsewhereError,
    VerifyFirstError,
)
from api.auth.identity.rules import Identity, identity_of, kept_claims
from fitness.accounts.models import User
from fitness.accounts.services import profile_of, register
from fitness.accounts.tokens import password_mark
from fitness.tracking.services import confirm_address

_MARK = "joined_under"
_RACES = 3


def admit(
    *,
    request: HttpRequest,
    provider: str,
    claims: Mapping[str, Any],
    time_zone: str,
    now: dt.datetime,
) -> SocialAccount:
    """The connection whose member the verified claims let in; who is new gets an account.

    An account that has the address is opened only when its member and the provider both answer
    for the address; else ``AddressTakenError``. Many first sign-ins at once make one account.
    """
    identity = identity_of(provider, claims)
    _remember(identity)

    def admitted() -> SocialAccount:
        account = _found(identity)
        if account is not None:
            return _welcomed_back(account, claims)
        owner = _owner_of(identity)
        if owner is None:
            return _joined(request, identity, claims, time_zone=time_zone, now=now)
        if not owner.is_active:
            raise AccountClosedError("This account is closed.")
        return _connected(owner, identity, claims)

    return _settled(admitted)


def member_behind(provider: str, claims: Mapping[str, Any]) -> User | None:
    """Whose account the identity is connected to; ``None`` for who is new. One query."""
    account = _found(identity_of(provider, claims))
    return None if account is None else account.user


def link(*, user: User, provider: str, claims: Mapping[str, Any]) -> SocialAccount:
    """Let the identity open the member's account from now on; doing it twice changes nothing.

    Raises ``LinkedElsewhereError`` for an identity of another member, and ``VerifyFirstError``
    for who has not shown the account's address to be theirs: they may hold it for its owner.
    """
    identity = identity_of(provider, claims)
    _remember(identity)
    if user.verified_at is None:
        raise VerifyFirstError("Confirm your e-mail address first; we have sent you a link.")

    def linked() -> SocialAccount:
        account = _found(identity)
        if account is None:
            return _connected(user, identity, claims)
        if account.user_id != user.pk:
            raise LinkedElsewhereError(
                f"This {identity.provider_name} account opens another account here."
            )
        return _kept(account, claims)

    return _settled(linked)


def keep_refresh_token(account: SocialAccount, refresh_token: str, *, client_id: str) -> None:
    """Remember what Apple wants back when the member leaves; the newest replaces the others."""
    if refresh_token:
        # ``token`` names the client of ours that it was given to: Apple asks for that as well.
        SocialToken.objects.update_or_create(
            account=account, app=None, defaults={"token": client_id, "token_secret": refresh_token}
        )


def _remember(identity: Identity) -> None:
    """Apple's word for a name comes once; Google says it every time."""
    if identity.provider == "apple":
        names.remember(identity.provider, identity.uid, identity.name)


def _settled(settle: Callable[[], SocialAccount]) -> SocialAccount:
    """Do it in one transaction; who loses a race looks again at what the winner made.

    One can lose over the address, then over the identity; each time there is less left to make.
    """
    for _ in range(_RACES):
        try:
            with transaction.atomic():
                return settle()
        except IntegrityError:
            continue
    with transaction.atomic():
        return settle()


def _found(identity: Identity) -> SocialAccount | None:
    return (
        SocialAccount.objects.select_related("user")
        .filter(provider=identity.provider, uid=identity.uid)
        .first()
    )


def _welcomed_back(account: SocialAccount, claims: Mapping[str, Any]) -> SocialAccount:
    user, mark = account.user, account.extra_data.get(_MARK)
    if not user.is_active:
        raise AccountClosedError("This account is closed.")
    if mark and mark != password_mark(user):
        # Whoever proved the address set a password since: the account is theirs alone.
        raise AddressTakenError(identity_of(account.provider, {"sub": account.uid}).provider_name)
    return _kept(account, claims)


def _kept(account: SocialAccount, claims: Mapping[str, Any]) -> SocialAccount:
    """Refresh what we know of the identity; the mark falls when the address is confirmed."""
    kept = kept_claims(claims)
    if account.user.verified_at is None and _MARK in account.extra_data:
        kept[_MARK] = account.extra_data[_MARK]
    account.extra_data = kept
    account.save(update_fields=["extra_data", "last_login"])
    return account


def _owner_of(identity: Identity) -> User | None:
    """Whose account may be opened by address; ``None`` when nobody has the address."""
    if not identity.is_proven:
        # Not even whether there is an account is told to who only claims an address.
        raise AddressUnprovenError(
            f"{identity.provider_name} does not confirm an e-mail address for you. Confirm it"
            " there, or join with address and password."
        )
    confirmed = (
        EmailAddress.objects.select_related("user")
        .filter(email=identity.email, verified=True)
        .first()
    )
    owner: User | None = (
        confirmed.user if confirmed else User.objects.filter(email=identity.email).first()
    )
    if owner is None:
        return None
    is_confirmed = confirmed is not None or owner.verified_at is not None
    # Who guards an account better than an address does connects to it by themselves.
    is_guarded = owner.is_staff or is_mfa_enabled(owner)
    if not (is_confirmed and identity.is_vouched) or is_guarded:
        raise AddressTakenError(identity.provider_name)
    return owner


def _joined(
    request: HttpRequest,
    identity: Identity,
    claims: Mapping[str, Any],
    *,
    time_zone: str,
    now: dt.datetime,
) -> SocialAccount:
    user = User.objects.create_user(identity.email)
    register(user=user, time_zone=time_zone, now=now)
    address = EmailAddress.objects.create(
        user=user, email=identity.email, primary=True, verified=identity.is_vouched
    )
    kept = kept_claims(claims)
    if identity.is_vouched:
        confirm_address(user_id=user.pk, now=now)
        user.refresh_from_db(fields=["verified_at"])
    else:
        address.send_confirmation(request, signup=True)
        kept[_MARK] = password_mark(user)
    account = SocialAccount.objects.create(
        user=user, provider=identity.provider, uid=identity.uid, extra_data=kept
    )
    take_name(user, identity)
    return account


def _connected(user: User, identity: Identity, claims: Mapping[str, Any]) -> SocialAccount:
    account = SocialAccount.objects.create(
        user=user, provider=identity.provider, uid=identity.uid, extra_data=kept_claims(claims)
    )
    take_name(user, identity)
    tell(account, "connected")
    return account


def tell(account: SocialAccount, what: str) -> None:
    """Mail the member that a way into their account came or went."""
    get_adapter().send_notification_mail(
        f"socialaccount/email/account_{what}",
        account.user,
        context={"account": account, "provider": account.get_provider()},
    )


def take_name(user: User, identity: Identity) -> None:
    """Take the provider's name for a member who has told us none."""
    profile = profile_of(user_id=user.pk)
    name = identity.name or names.recall(identity.provider, identity.uid)
    if name and not profile.name:
        profile.name = name
        profile.save(update_fields=["name", "updated_at"])
    names.forget(identity.provider, identity.uid)
