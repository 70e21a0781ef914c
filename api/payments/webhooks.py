"""Where stores tell us their news."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.schema import problems
from commerce.gateways.stripe.inbox import keep_event


class StripeWebhook(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Stripe's events, signed by Stripe",
        request=OpenApiTypes.OBJECT,
        responses={204: None, **problems(400, 404, 413, 503)},
    )
    def post(self, request: Request) -> HttpResponse:
        keep_event(request._request)  # noqa: SLF001  (the signature is over the bytes as sent)
        return HttpResponse(status=204)
