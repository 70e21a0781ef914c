"""A provider's signing keys: several at once, changed now and then."""

import json
import secrets
import threading
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


class Keyring:
    """RSA keys, each with its ``kid``; the newest signs, the older still verify."""

    def __init__(self, *, count: int = 2) -> None:
        self._lock = threading.Lock()
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        for _ in range(count):
            self.rotate()

    @property
    def kid(self) -> str:
        """The key that signs now."""
        return next(reversed(self._keys))

    def private(self, kid: str = "") -> rsa.RSAPrivateKey:
        return self._keys[kid or self.kid]

    def rotate(self, *, forget: bool = False) -> str:
        """Sign with a new key from now on; ``forget`` withdraws all older ones."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        with self._lock:
            if forget:
                self._keys = {}
            kid = secrets.token_hex(20)
            self._keys = {**self._keys, kid: key}
        return kid

    def jwks(self) -> dict[str, Any]:
        """The public halves, as the provider publishes them."""
        keys = [
            {
                **json.loads(RSAAlgorithm.to_jwk(key.public_key())),
                "kid": kid,
                "use": "sig",
                "alg": "RS256",
            }
            for kid, key in self._keys.items()
        ]
        for key in keys:
            key.pop("key_ops", None)
        return {"keys": keys}

    def sign(self, claims: dict[str, Any], *, kid: str = "") -> str:
        name = kid or self.kid
        return jwt.encode(claims, self._keys[name], algorithm="RS256", headers={"kid": name})
