"""Who may use the API as staff: whoever may enter the editors' admin, by the same proof."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from fitness.accounts.models import SignIn, User
from fitness.core.errors import DomainError


class ProofMissingError(DomainError):
    """Sign in again with a second factor that opens the admins."""

    status: ClassVar[int] = 403
    code = "staff_second_factor_required"


class IsStaff(BasePermission):
    """Lets staff in, where that is asked for only on a phone that passed a proven second factor.

    A stolen password signs a phone in, and opens nothing here.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
            return False
        if settings.STAFF_SECOND_FACTOR_REQUIRED and not _has_proof(user, request.auth):
            raise ProofMissingError(
                "Sign in again with the second factor that opens the admin on the site."
            )
        return True


def _has_proof(user: User, claims: Any) -> bool:
    sign_ins = SignIn.objects.filter(uid=claims.sign_in)
    factor = sign_ins.values_list("factor", flat=True).first()
    opens = import_string(settings.STAFF_FACTOR_CHECK)
    return factor is not None and bool(opens(user, factor))
