"""Which second factors open the admins, and what a browser session has proved."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from config.staff.models import ProvenFactor
from fitness.accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_SESSION_KEY = "staff_proof"
_PROOF_SECONDS = 15 * 60


def may_enter(user: User) -> bool:
    return user.is_staff or user.has_perm("wagtailadmin.access_admin")


def proven_factors(user: User) -> dict[int, str]:
    """The factors of somebody that open the admins, with their kinds; recovery codes as well."""
    held = ProvenFactor.objects.filter(authenticator__user=user)
    return dict(held.values_list("authenticator_id", "authenticator__type"))


def opens_admins(user: User) -> bool:
    """Whether somebody has a factor that opens the admins, and needs no other proof any more."""
    return any(kind in FACTORS for kind in proven_factors(user).values())


def opens_admins_by(user: User, factor: int) -> bool:
    """Whether a phone that signed in with this factor may act as staff."""
    proven = proven_factors(user)
    return factor in proven and any(kind in FACTORS for kind in proven.values())


def passed_factors(request: HttpRequest, user: User) -> set[int]:
    """The factors that were passed in this session."""
    records = get_authentication_records(request, user)
    return {record["id"] for record in records if record["method"] == "mfa"}


def remember_proof(request: HttpRequest) -> None:
    """This browser has shown whose account it is: by password and by letter."""
    until = timezone.now().timestamp() + _PROOF_SECONDS
    request.session[_SESSION_KEY] = {"user": request.user.pk, "until": until}


def has_proof(request: HttpRequest, user: User) -> bool:
    """Whether this session may set up a factor that opens the admins, for some minutes."""
    proof = request.session.get(_SESSION_KEY)
    return bool(proof and proof["user"] == user.pk and timezone.now().timestamp() < proof["until"])


def trust(authenticator_ids: set[int]) -> None:
    """From now on these factors open the admins."""
    known = Authenticator.objects.filter(pk__in=authenticator_ids).values_list("pk", flat=True)
    ProvenFactor.objects.bulk_create(
        [ProvenFactor(authenticator_id=pk) for pk in known], ignore_conflicts=True
    )
