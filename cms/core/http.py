"""Requests, as the views behind a sign-in know them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from fitness.accounts.models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails
