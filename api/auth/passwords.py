"""Forgotten and changed passwords."""

from allauth.account.forms import ResetPasswordForm, UserTokenForm
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from api.auth.addresses import KeyRefusedError
from api.auth.answers import TokensOut, ToldOut, tokens_out
from api.auth.serializers import AddressIn, PasswordIn, ResetIn, check_new_password
from api.auth.views import PublicView
from api.core.answers import personal_answer
from api.core.requests import MemberRequest, address_of, django_request
from api.core.schema import problems
from fitness.accounts import sign_ins
from fitness.accounts.models import User
from fitness.accounts.services import change_password
from fitness.core import limits


class ResetPassword(PublicView):
    @extend_schema(
        summary="Ask for a mail to set a new password",
        request=AddressIn,
        responses={202: ToldOut, **problems(429)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = AddressIn(data=request.data)
        told.is_valid(raise_exception=True)
        email = told.validated_data["email"]
        limits.spend("password_reset", address=address_of(request), account=email)
        form = ResetPasswordForm(data=told.validated_data)
        if form.is_valid():
            form.save(django_request(request))
        told_out = ToldOut(detail="If there is an account with this address, a mail is on its way.")
        return personal_answer(told_out, status=202)


class ConfirmReset(PublicView):
    @extend_schema(
        summary="Set a new password with the key from the mail; all devices are signed out",
        request=ResetIn,
        responses={200: ToldOut, **problems(422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = ResetIn(data=request.data)
        told.is_valid(raise_exception=True)
        with limits.attempt("mailed_link", address=address_of(request)) as attempt:
            user, password = _owner(told.validated_data["key"]), told.validated_data["password"]
            attempt.forgive()
        check_new_password(password, user, field="password")
        with transaction.atomic():
            # The key dies with the password that it was made for: of two at once one sets it.
            User.objects.select_for_update().get(pk=user.pk)
            user = _owner(told.validated_data["key"])
            change_password(user=user, password=password, now=timezone.now())
        limits.forgive("sign_in", address=address_of(request), account=user.email)
        return personal_answer(ToldOut(detail="Your password is changed. Sign in with it."))


class ChangePassword(APIView):
    @extend_schema(
        summary="Change the password; other devices are signed out, this one gets new tokens",
        request=PasswordIn,
        responses={200: TokensOut, **problems(429)},
    )
    def post(self, request: MemberRequest) -> HttpResponse:
        told = PasswordIn(data=request.data)
        told.is_valid(raise_exception=True)
        user, now = request.user, timezone.now()
        old, new = told.validated_data["old_password"], told.validated_data["new_password"]
        if authenticate(django_request(request), email=user.email, password=old) is None:
            wrong = serializers.ErrorDetail("This is not your password.", code="wrong_password")
            raise serializers.ValidationError({"old_password": [wrong]})
        check_new_password(new, user, field="new_password")
        with transaction.atomic():
            change_password(user=user, password=new, now=now, except_uid=request.auth.sign_in)
            tokens = sign_ins.renew(user=user, uid=request.auth.sign_in, now=now)
        return personal_answer(tokens_out(tokens))


def _owner(key: str) -> User:
    """Whose password a key may set. Raises ``KeyRefusedError``."""
    uid, _, token = key.partition("-")
    form = UserTokenForm(data={"uidb36": uid, "key": token})
    if not form.is_valid():
        raise KeyRefusedError("This link was used or has run out; ask for a new mail.")
    user: User = form.reset_user
    return user
