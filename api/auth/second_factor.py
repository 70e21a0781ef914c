"""The code after the password, for members who asked for one."""

from allauth.mfa.app_settings import FORMS
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.utils import get_form_class
from rest_framework import serializers

from fitness.accounts.models import User
from fitness.core.errors import DomainError


class SecondFactorRequiredError(DomainError):
    """The password was right; send it again together with ``code``."""

    status = 401
    code = "second_factor_required"


def check_second_factor(user: User, code: str) -> int | None:
    """Ask for the code of an authenticator app, or a recovery code, of whoever has set one up.

    Returns which factor it was, or ``None`` where none is asked for.

    Raises ``SecondFactorRequiredError`` without a code, ``ValidationError`` for a wrong one.
    """
    if not is_mfa_enabled(user):
        return None
    if not code:
        raise SecondFactorRequiredError("Send the code of your authenticator app as well.")
    form = get_form_class(FORMS, "authenticate", AuthenticateForm)(user=user, data={"code": code})
    if not form.is_valid():
        wrong = [serializers.ErrorDetail(str(said), "wrong_code") for said in form.errors["code"]]
        raise serializers.ValidationError({"code": wrong})
    form.authenticator.record_usage()
    shown: int = form.authenticator.pk
    return shown
