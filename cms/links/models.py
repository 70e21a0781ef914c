"""Addresses of other sites, and what they answered last."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from wagtail.models import Page

LONGEST = 1000


class LinkQuerySet(models.QuerySet["Link"]):
    def due(self, *, before: dt.datetime) -> Self:
        """Those that nobody asked since."""
        return self.filter(Q(asked_at=None) | Q(asked_at__lt=before))

    def broken(self) -> Self:
        """Those that lead nowhere, as far as we know."""
        return self.exclude(trouble="")


class Link(models.Model):
    """An address of another site that a page of ours names. ``trouble`` is what readers meet."""

    address = models.CharField(max_length=LONGEST, unique=True)
    host = models.CharField(max_length=255, db_index=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    broken_since = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address


class LinkPlace(models.Model):
    """A live page that names the address, and the words that lead there."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="places")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "page"], name="one_place_a_page_and_link"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.link_id}"
