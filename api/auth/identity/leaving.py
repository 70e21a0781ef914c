"""Taking connections away, and telling Apple that the person is no longer with us."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task

from api.auth.identity import names
from api.auth.identity.errors import LastWayInError
from api.auth.identity.services import tell
from fitness.accounts.models import User
from fitness.core.errors import MissingError


@transaction.atomic
def unlink(*, user_id: int, account_id: int) -> None:
    """Close one way into the member's account, but never the last: ``LastWayInError``."""
    user = User.objects.select_for_update().get(pk=user_id)
    own = SocialAccount.objects.filter(user=user_id)
    account = own.filter(pk=account_id).first()
    if account is None:
        raise MissingError("There is no such connection.")
    others = own.exclude(pk=account_id)
    if not (user.has_usable_password() or others.exists() or _has_passkey(user_id)):
        raise LastWayInError("This is your only way in. Set a password first, then disconnect it.")
    _take_away(own.filter(pk=account_id))
    tell(account, "disconnected")


@transaction.atomic
def forget_identities(*, user_id: int) -> None:
    """For the erasure of an account: no connection is left, and Apple is told by the queue."""
    _take_away(SocialAccount.objects.filter(user=user_id))


@task(queue_name="quick")
def revoke_at_apple(refresh_token: str, client_id: str) -> None:
    """Queued. Gives a token back to Apple, as it asks of everybody who deletes an account.

    Safe to run again; fails, and so is tried again, while Apple does not answer.
    """
    try:
        apple = get_adapter().get_provider(None, "apple")
    except SocialApp.DoesNotExist:
        return  # no longer offered: there is no key left to speak to Apple with
    apple.revoke(refresh_token, client_id=client_id)


def _take_away(accounts: QuerySet[SocialAccount]) -> None:
    tokens = SocialToken.objects.filter(account__in=accounts, account__provider="apple")
    for refresh_token, client_id in tokens.values_list("token_secret", "token"):
        revoke_at_apple.enqueue(refresh_token, client_id)
    for provider, uid in accounts.values_list("provider", "uid"):
        names.forget(provider, uid)
    accounts.delete()


def _has_passkey(user_id: int) -> bool:
    passkeys = Authenticator.objects.filter(user=user_id, type=Authenticator.Type.WEBAUTHN)
    return settings.MFA_PASSKEY_LOGIN_ENABLED and passkeys.exists()
