"""The people one can sign in as, and what their provider says of them."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account at the provider."""

    name: str
    email: str
    is_verified: bool = True
    # Google's word for the organisation that owns the account.
    hosted_domain: str = ""

    def sub(self, provider: str) -> str:
        """The provider's own number for this person, the same after every start."""
        digest = hashlib.sha256(f"{provider}:{self.email}".encode()).hexdigest()
        if provider == "google":
            return str(int(digest[:17], 16)).rjust(21, "1")[:21]
        return f"001{digest[:3]}.{digest[3:35]}.{int(digest[35:39], 16) % 10000:04}"

    @property
    def relay(self) -> str:
        """The address behind which Apple hides the person's own."""
        digest = hashlib.sha256(f"relay:{self.email}".encode()).hexdigest()
        return f"{digest[:10]}@privaterelay.appleid.com"

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def last_name(self) -> str:
        return self.name.partition(" ")[2]


GINA = Person("Gina Gold", "gina.gold@gmail.com")
HANK = Person("Hank Hosted", "hank@works.example", hosted_domain="works.example")
OLGA = Person("Olga Other", "olga@post.example")
UWE = Person("Uwe Unsure", "uwe@post.example", is_verified=False)
ADA = Person("Ada Apple", "ada@icloud.com")

PEOPLE: dict[str, tuple[Person, ...]] = {
    "google": (GINA, HANK, OLGA, UWE),
    "apple": (ADA, OLGA),
}


def person(provider: str, email: str) -> Person | None:
    return next((known for known in PEOPLE[provider] if known.email == email), None)
