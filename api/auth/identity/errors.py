"""Why another's word did not open the door.

Those that are allauth's ``ProviderException`` too end in its page, when a browser meets them.
"""

from allauth.socialaccount.providers.base import ProviderException

from fitness.core.errors import ConflictError, DomainError, UnavailableError


class IdentityRefusedError(DomainError, ProviderException):
    """The token or code is forged, spent, expired or meant for somebody else."""

    code = "identity_refused"

    def __init__(self) -> None:
        # What exactly is wrong with a token helps only who made it.
        super().__init__("This sign-in is no good here; start it again.")


class ProviderUnavailableError(UnavailableError, ProviderException):
    code = "provider_unavailable"

    def __init__(self) -> None:
        super().__init__("The sign-in service does not answer; try again in a moment.")


class AddressUnprovenError(DomainError):
    """The provider names no address, or one that it never checked."""

    code = "address_unproven"


class AddressTakenError(ConflictError):
    """An account has this address, and the provider's word is not enough to open it."""

    code = "sign_in_and_link"

    def __init__(self, provider: str) -> None:
        super().__init__(
            "There is an account with this address. Sign in to it as you did before, or reset its"
            f" password, then connect {provider} in its settings."
        )


class AccountClosedError(DomainError):
    status = 403
    code = "account_closed"


class LinkedElsewhereError(ConflictError):
    code = "identity_linked_elsewhere"


class VerifyFirstError(ConflictError):
    """Who has not shown that the account's address is theirs may not add ways into it."""

    code = "verify_address_first"


class LastWayInError(ConflictError):
    code = "last_way_in"
