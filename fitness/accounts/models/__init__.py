"""Members, what they told about themselves, and where they are signed in."""

from fitness.accounts.models.members import AddressField, User, UserManager, one_spelling
from fitness.accounts.models.profiles import (
    Profile,
    Units,
    ZoneChange,
    public_name,
    validate_time_zone,
)
from fitness.accounts.models.sign_ins import EndReason, SignIn, SignInQuerySet

__all__ = [
    "AddressField",
    "EndReason",
    "Profile",
    "SignIn",
    "SignInQuerySet",
    "Units",
    "User",
    "UserManager",
    "ZoneChange",
    "one_spelling",
    "public_name",
    "validate_time_zone",
]
