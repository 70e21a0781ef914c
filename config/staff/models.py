"""Links that prove whose an account is, and second factors that were set up behind that proof."""

import uuid

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models


class StaffLink(models.Model):
    """A link, good once and for a short while, that lets somebody set up their second factor."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The admin who made it; nobody when it was mailed or made on the server.",
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.uid}"


class ProvenFactor(models.Model):
    """A second factor that opens the admins: whoever set it up had proved whose account it is."""

    authenticator = models.OneToOneField(
        Authenticator, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"factor {self.pk}"
