"""What a developer's account at the providers would give us, for demos and tests."""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

GOOGLE_CLIENT_ID = "fitcore-web.apps.googleusercontent.com"
GOOGLE_APP_CLIENT_ID = "fitcore-ios.apps.googleusercontent.com"
GOOGLE_CLIENT_SECRET = "only-for-the-demo-and-tests"
APPLE_CLIENT_ID = "example.fitcore.web"
APPLE_APP_ID = "example.fitcore.app"
APPLE_TEAM_ID = "FITCORE000"
APPLE_KEY_ID = "DEMOKEY000"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass
class Registration:
    """The clients that the providers know, and where each may send a browser back to."""

    google_clients: dict[str, str] = field(
        default_factory=lambda: {GOOGLE_CLIENT_ID: GOOGLE_CLIENT_SECRET, GOOGLE_APP_CLIENT_ID: ""}
    )
    apple_clients: tuple[str, ...] = (APPLE_CLIENT_ID, APPLE_APP_ID)
    # The beginnings of the addresses that a browser may be sent back to.
    origins: tuple[str, ...] = ("http://localhost", "http://127.0.0.1", "http://testserver")

    def may_return_to(self, address: str) -> bool:
        return any(address.startswith((f"{origin}/", f"{origin}:")) for origin in self.origins)


def apple_key() -> ec.EllipticCurvePrivateKey:
    """The key that signs our client secrets; made from nothing secret, the same at every start."""
    seed = hashlib.sha256(b"a key for the demo and the tests").digest()
    return ec.derive_private_key(int.from_bytes(seed) % (_P256_ORDER - 1) + 1, ec.SECP256R1())


def apple_private_key() -> str:
    """The same in the form in which Apple hands it out."""
    return (
        apple_key()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def environment(base: str) -> dict[str, str]:
    """What a process is told so that its Google and Apple are the stand-in at ``base``."""
    return {
        "GOOGLE_IDENTITY_URL": f"{base}/google",
        "GOOGLE_CLIENT_ID": GOOGLE_CLIENT_ID,
        "GOOGLE_CLIENT_SECRET": GOOGLE_CLIENT_SECRET,
        "GOOGLE_APP_CLIENT_IDS": GOOGLE_APP_CLIENT_ID,
        "APPLE_IDENTITY_URL": f"{base}/apple",
        "APPLE_CLIENT_ID": APPLE_CLIENT_ID,
        "APPLE_APP_IDS": APPLE_APP_ID,
        "APPLE_TEAM_ID": APPLE_TEAM_ID,
        "APPLE_KEY_ID": APPLE_KEY_ID,
        "APPLE_PRIVATE_KEY": apple_private_key(),
    }
