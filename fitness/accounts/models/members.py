"""Who can sign in."""

import contextlib
import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


def one_spelling(address: str) -> str:
    """An address as it is kept: what reaches the same mailbox is the same account.

    Lower case, compatible forms of a letter as one (NFKC), and the domain in ASCII (IDNA).
    """
    name, at, domain = unicodedata.normalize("NFKC", address).strip().lower().rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{name}{at}{domain}"


class AddressField(models.EmailField):  # type: ignore[type-arg]  # no subscripts at run time
    """An e-mail address in its one spelling, in the database and in look-ups."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return one_spelling(prepared) if isinstance(prepared, str) else prepared


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=one_spelling(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of Wagtail's images
    """Somebody who signs in: a member, an editor or an admin. The e-mail address is the name."""

    username = None  # type: ignore[assignment]
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = AddressField("e-mail address", max_length=254, unique=True)
    verified_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the owner of the address was known."
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(AbstractUser.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="an_address_has_one_spelling"
            ),
        ]

    def __str__(self) -> str:
        return str(self.email)
