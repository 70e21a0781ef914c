"""The second lock: before both admins, and before whatever could make a key to them."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from config.staff.factors import FACTORS, has_proof, may_enter, passed_factors, proven_factors

_ADMINS = ("/cms/", "/django-admin/")
# Where second factors are set up, and the address to which the proof is mailed.
_KEYS = ("/settings/two-factor", "/settings/passkeys", "/settings/email")
_WAY_TO_PROOF = "/settings/two-factor/staff"


class StaffSecondFactorMiddleware:
    """Lets nobody into an admin who has not passed a proven second factor in this session.

    Whoever may enter and has none sets one up only behind a link that was mailed or handed to
    them, so that a stolen password makes no second factor of its own. It stands before the
    admins' own checks, so that no way in can forget it. Requests to other addresses pay one
    comparison and no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR_REQUIRED and request.path.startswith(_ADMINS + _KEYS):
            missing = _missing_step(request)
            if missing:
                next_page = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{missing}?{next_page}")
        return self.get_response(request)


def _missing_step(request: HttpRequest) -> str:
    """Where to go first; empty when the way is free, or when the page itself will refuse."""
    user = request.user
    if request.path.startswith(_WAY_TO_PROOF):
        return ""
    if not user.is_authenticated or not may_enter(user):
        return ""
    if request.path.startswith(_KEYS) and has_proof(request, user):
        return ""
    proven = proven_factors(user)
    kinds = {kind for kind in proven.values() if kind in FACTORS}
    if not kinds:
        return reverse("staff_second_factor")
    if proven.keys() & passed_factors(request, user):
        return ""
    has_app = Authenticator.Type.TOTP in kinds
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
