"""What can be bought, what the member bought, and what it opens."""

import uuid

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.answers import personal_answer, shared_answer
from api.core.idempotency import HEADER, idempotent_across_services
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.payments.answers import (
    CheckoutOut,
    EntitlementOut,
    ProductOut,
    PurchaseOut,
    SubscriptionOut,
    entitlement_out,
    product_out,
    purchase_out,
    subscription_out,
)
from api.payments.serializers import CancelIn, CheckoutIn
from commerce.billing.selectors import deals_behind, purchases_of, subscriptions_of
from commerce.catalog.models import Kind
from commerce.catalog.selectors import offers_for, products_on_sale
from commerce.checkout import services
from commerce.entitlements.selectors import entitlements_of

_REFUSALS = problems(403, 404, 409, 422, 503)


class Products(APIView):
    permission_classes = [AllowAny]

    @extend_schema(summary="What can be bought", responses={200: Page[ProductOut]})
    def get(self, request: Request) -> HttpResponseBase:
        cursor = Cursor(request, "id")
        rows = cursor.rows(products_on_sale())
        cards = offers_for(products=rows)
        return shared_answer(request, cursor.as_page([product_out(row, cards) for row in rows]))


class Subscriptions(APIView):
    @extend_schema(
        summary="The member's subscriptions, newest first", responses={200: Page[SubscriptionOut]}
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-started_at", "-id")
        rows = cursor.rows(subscriptions_of(user_id=request.user.pk))
        return personal_answer(cursor.as_page([subscription_out(row) for row in rows]))

    @extend_schema(
        summary="Start a subscription: opens a payment page",
        request=CheckoutIn,
        responses={201: CheckoutOut, **_REFUSALS},
    )
    @idempotent_across_services
    def post(self, request: MemberRequest) -> HttpResponse:
        return _checkout(request, Kind.SUBSCRIPTION)


class CancelSubscription(APIView):
    @extend_schema(
        summary="Cancel at the paid end, or now",
        request=CancelIn,
        responses={200: SubscriptionOut, **problems(409, 422, 503)},
    )
    def post(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        told = CancelIn(data=request.data)
        told.is_valid(raise_exception=True)
        cancelled = services.cancel_subscription(
            user_id=request.user.pk, uid=uid, **told.validated_data
        )
        return personal_answer(subscription_out(cancelled))


class Purchases(APIView):
    @extend_schema(summary="What the member bought once", responses={200: Page[PurchaseOut]})
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "-bought_at", "-id")
        rows = cursor.rows(purchases_of(user_id=request.user.pk))
        return personal_answer(cursor.as_page([purchase_out(row) for row in rows]))

    @extend_schema(
        summary="Buy something once: opens a payment page",
        request=CheckoutIn,
        responses={201: CheckoutOut, **_REFUSALS},
    )
    @idempotent_across_services
    def post(self, request: MemberRequest) -> HttpResponse:
        return _checkout(request, Kind.ONE_TIME)


class Entitlements(APIView):
    @extend_schema(
        summary="What the member may open now, why, and until when",
        responses={200: Page[EntitlementOut]},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, "id")
        held = entitlements_of(user_id=request.user.pk, now=timezone.now())
        rows = cursor.rows(held)
        deals = deals_behind(user_id=request.user.pk)
        return personal_answer(cursor.as_page([entitlement_out(row, deals) for row in rows]))


def _checkout(request: MemberRequest, kind: Kind) -> HttpResponse:
    told = CheckoutIn(data=request.data)
    told.is_valid(raise_exception=True)
    done = request.build_absolute_uri(reverse("checkout_done"))
    start = services.start_checkout(
        user=request.user,
        offer_uid=told.validated_data["offer"],
        kind=kind,
        success_url=told.validated_data.get(
            "success_url", f"{done}?session_id={{CHECKOUT_SESSION_ID}}"
        ),
        cancel_url=told.validated_data.get(
            "cancel_url", request.build_absolute_uri(reverse("plans"))
        ),
        idempotency_key=request.headers.get(HEADER) or uuid.uuid4().hex,
        now=timezone.now(),
    )
    answer = CheckoutOut(checkout_url=start.url, session_id=start.session_id)
    return personal_answer(answer, status=201)
