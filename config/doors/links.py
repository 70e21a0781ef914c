"""The links that we mail: wrong keys count."""

from typing import Any

from allauth.account.forms import UserTokenForm
from allauth.account.views import ConfirmEmailView
from allauth.core import context

from fitness.core import limits
from fitness.core.http import client_address


class MailedKeyForm(UserTokenForm):
    """The key of a link to a new password."""

    def clean(self) -> Any:
        with limits.attempt("mailed_link", address=client_address(context.request)) as attempt:
            cleaned = super().clean()
            attempt.forgive()
            return cleaned


class VerifyAddress(ConfirmEmailView):
    """The page that verifies an e-mail address."""

    def get_object(self, queryset: Any = None) -> Any:
        with limits.attempt("mailed_link", address=client_address(self.request)) as attempt:
            found = super().get_object(queryset)
            attempt.forgive()
            return found
