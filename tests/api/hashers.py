"""A cheap hasher that counts, so that equal work can be told without a clock."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class CountedHasher(MD5PasswordHasher):
    count: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> Any:
        CountedHasher.count += 1
        return super().encode(password, salt)
