"""The forms of the front door, where they differ from allauth's."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.forms import LoginForm, SignupForm
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from fitness.accounts.models import User


class SignInForm(LoginForm):
    """Open to members who have not confirmed their address yet: they may look around."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        self._login.email_verification = EmailVerificationMethod.OPTIONAL
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        return answer


class JoinForm(SignupForm):
    """Answers a known address as it does a new one, and takes as long."""

    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return self._save(request)
            except IntegrityError:  # the same address came in by another door at this moment
                self.account_already_exists = True
        else:
            make_password(self.cleaned_data["password1"])
        return self._save(request)

    def _save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved
