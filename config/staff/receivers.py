"""Factors are trusted when whoever sets them up or shows them has proved who they are."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_reset, authenticator_used
from django.dispatch import receiver
from django.http import HttpRequest

from config.staff.factors import has_proof, passed_factors, proven_factors, trust
from fitness.accounts.models import User


@receiver([authenticator_added, authenticator_reset])
def trust_what_is_set_up(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Behind the proof, or by somebody who passed a factor that is trusted already."""
    if has_proof(request, user) or proven_factors(user).keys() & passed_factors(request, user):
        trust({authenticator.pk})


@receiver(authenticator_used)
def trust_what_is_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A factor from before its owner joined the staff, passed behind the proof."""
    if has_proof(request, user):
        trust({authenticator.pk})
