"""Second factors: wrong codes count."""

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms

from fitness.core import limits
from fitness.core.http import client_address


class _Counting:
    user: Any

    def clean_code(self) -> str:
        address = client_address(context.request)
        account = f"member {self.user.pk}"
        with limits.attempt("second_factor", address=address, account=account) as attempt:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
            attempt.forgive()
            return code


class CodeForm(_Counting, forms.AuthenticateForm):
    """The code asked for after the password."""


class CodeAgainForm(_Counting, forms.ReauthenticateForm):
    """The code asked for before a change of one's account."""
