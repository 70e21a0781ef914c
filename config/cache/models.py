"""The table behind the shared cache; ``config.cache.backend`` alone reads and writes it."""

from django.db import models


class Entry(models.Model):
    """A value until it expires. The table is unlogged: quick, and empty after a crash."""

    key = models.TextField(primary_key=True)
    number = models.BigIntegerField(null=True, help_text="A whole number, which is counted up.")
    pickled = models.BinaryField(null=True, help_text="Any other value.")
    expires_at = models.FloatField(help_text="Seconds since 1970; infinity is never.")

    def __str__(self) -> str:
        return self.key
