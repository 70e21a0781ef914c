"""Showing that an address is one's own."""

from allauth.account.models import EmailAddress, get_emailconfirmation_model
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.auth.answers import ToldOut
from api.auth.serializers import AddressIn, KeyIn
from api.auth.views import PublicView
from api.core.answers import personal_answer
from api.core.requests import address_of, django_request
from api.core.schema import problems
from fitness.core import limits
from fitness.core.errors import DomainError


class KeyRefusedError(DomainError):
    """The link was used, has run out, or is not ours."""

    code = "key_refused"


class VerifyEmail(PublicView):
    @extend_schema(
        summary="Confirm the address with the key from the mail",
        request=KeyIn,
        responses={200: ToldOut, **problems(422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = KeyIn(data=request.data)
        told.is_valid(raise_exception=True)
        with limits.attempt("mailed_link", address=address_of(request)) as attempt:
            confirmation = get_emailconfirmation_model().from_key(told.validated_data["key"])
            if confirmation is None or not confirmation.confirm(django_request(request)):
                raise KeyRefusedError("This link was used or has run out; ask for a new mail.")
            attempt.forgive()
        return personal_answer(ToldOut(detail="Your address is confirmed."))


class ResendVerification(PublicView):
    @extend_schema(
        summary="Ask for another mail to confirm the address",
        request=AddressIn,
        responses={202: ToldOut, **problems(429)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = AddressIn(data=request.data)
        told.is_valid(raise_exception=True)
        email = told.validated_data["email"]
        limits.spend("verification_mail", address=address_of(request), account=email)
        address = EmailAddress.objects.filter(email=email, verified=False).first()
        if address is not None:
            address.send_confirmation(django_request(request))
        told_out = ToldOut(detail="If the address waits to be confirmed, a mail is on its way.")
        return personal_answer(told_out, status=202)
