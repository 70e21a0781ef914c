"""Plans, the way to the till, and the way back from it."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.core.http import MemberRequest
from commerce.catalog.models import Offer
from commerce.catalog.selectors import plans as plans_on_sale
from commerce.checkout.services import start_checkout
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import rights_of
from fitness.core.errors import DomainError, MissingError

_LATE_SECONDS = 30
_LONGEST_ID = 255


@require_safe
@never_cache
def plans(request: HttpRequest) -> HttpResponse:
    return _plans(request)


@require_POST
def buy(request: HttpRequest, offer_uid: uuid.UUID) -> HttpResponse:
    """Off to the till; whoever is not signed in signs in first and comes back to the plans."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("plans"))
    done = request.build_absolute_uri(reverse("checkout_done"))
    try:
        start = start_checkout(
            user=request.user,
            offer_uid=offer_uid,
            success_url=f"{done}?offer={offer_uid}&session_id={{CHECKOUT_SESSION_ID}}",
            cancel_url=request.build_absolute_uri(reverse("plans")),
            idempotency_key=_attempt(request),
            now=timezone.now(),
        )
    except MissingError:
        raise Http404 from None
    except DomainError as error:
        return _plans(request, error=str(error), status=error.status)
    return HttpResponseRedirect(start.url, status=303)


def _attempt(request: HttpRequest) -> str:
    """The button's own id: clicked twice, it is one way to the till and not two."""
    try:
        return str(uuid.UUID(request.POST.get("attempt", "")))
    except ValueError:
        return str(uuid.uuid4())


@require_safe
@never_cache
@login_required
def checkout_done(request: MemberRequest) -> HttpResponse:
    """Back from the till: the page asks again until the store's word has opened the right."""
    awaited = _opened_by(request.GET.get("offer", ""))
    rights = rights_of(user_id=request.user.pk, now=timezone.now())
    is_open = bool(awaited & rights)
    is_late = not is_open and _waited_seconds(request) > _LATE_SECONDS
    part = "#state" if request.htmx else ""
    return render(
        request, f"pages/checkout_done.html{part}", {"is_open": is_open, "is_late": is_late}
    )


def _waited_seconds(request: MemberRequest) -> float:
    """How long the member has looked at the page after this very purchase."""
    purchase, now = request.GET.get("session_id", "")[:_LONGEST_ID], timezone.now().timestamp()
    known, began = request.session.get("checkout", ("", now))
    if known != purchase:
        began = now
        request.session["checkout"] = (purchase, began)
    waited: float = now - began
    return waited


def _opened_by(offer_uid: str) -> set[str]:
    """The rights that the bought offer opens; ``premium`` when the address does not tell."""
    try:
        offer = Offer.objects.select_related("product").filter(uid=uuid.UUID(offer_uid)).first()
    except ValueError:
        offer = None
    return set(offer.product.opens) if offer else {PREMIUM}


def _plans(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    rights = rights_of(user_id=request.user.pk, now=timezone.now())
    context: dict[str, Any] = {
        "plans": plans_on_sale(),
        "rights": {"has_premium": PREMIUM in rights},
        "error": error,
    }
    return render(request, "pages/plans.html", context, status=status)
