"""What the house looks like from above: who may open what, what is old, silent or about to come."""

import datetime as dt
from typing import Any

import django_filters  # type: ignore[import-untyped]  # it ships none
from django.db.models import CharField, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Page, Revision

from cms.core.access import TIERS
from cms.core.spreadsheets import HouseReport
from cms.dashboard import lacking
from cms.dashboard.broken_links import BrokenLinksReport
from cms.dashboard.columns import tier
from cms.dashboard.everything import (
    entitlement_key,
    gated_pages_for,
    lacking_captions,
    pages_for,
)
from cms.dashboard.states import SCHEDULED
from commerce.catalog.selectors import products_on_sale
from commerce.entitlements.models import PREMIUM
from fitness.training.models import Access

_DAYS_A_MONTH = 30
_MONTHS = (3, 6, 12, 24)
_TITLE = TitleColumn("title", label="Title", accessor="draft_title",
                     url_name="wagtailadmin_pages:edit", sort_key="draft_title")  # fmt: skip
_KIND = Column("kind", label="Kind", accessor="content_type.name")
_EDITED = DateColumn("edited", label="Last edited", accessor="latest_revision_created_at",
                     sort_key="latest_revision_created_at")  # fmt: skip


class PageReport(HouseReport):
    model = Page
    default_ordering = "draft_title"

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """Pages that are equal stand in one order on every page of the report."""
        return queryset.order_by(*([self.ordering] if self.ordering else []), "pk")


class AccessFilters(WagtailFilterSet):
    access = django_filters.MultipleChoiceFilter(
        choices=Access.choices, label="Tier", widget=CheckboxSelectMultiple
    )
    missing = django_filters.ChoiceFilter(
        choices=[("teaser", "Teaser")], empty_label="Nothing", label="Missing",
        widget=RadioSelect, method="lacking",
    )  # fmt: skip

    class Meta:
        model = Page
        fields: tuple[str, ...] = ()

    def lacking(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return queryset.filter(lacking.TEASER)


class AccessReport(PageReport):
    """Each page with its tier, its free samples, and what a member buys to open it."""

    page_title = "Who may open what"
    header_icon = "lock"
    index_url_name = "access_report"
    index_results_url_name = "access_report_results"
    filterset_class = AccessFilters
    export_filename = "who-may-open-what"
    list_export = ["draft_title", "kind", "tier", "samples", "offers", "is_live"]
    export_headings = {
        "draft_title": "Title", "kind": "Kind", "tier": "Tier", "samples": "Free samples",
        "offers": "Opened by", "is_live": "Live",
    }  # fmt: skip

    @cached_property
    def columns(self) -> list[Any]:
        return [
            _TITLE,
            _KIND,
            Column("tier", label="Tier", accessor=tier, sort_key="access"),
            Column("samples", label="Free samples", sort_key="samples"),
            Column("offers", label="Opened by", accessor=self.offers_of),
            Column("live", label="Live", accessor=lambda page: _yes(page.live), sort_key="live"),
        ]

    def get_base_queryset(self) -> QuerySet[Page]:
        return gated_pages_for(self.request.user)

    @cached_property
    def products(self) -> list[tuple[str, frozenset[str]]]:
        """What can be bought, and the rights in it: one query for the whole report."""
        return [(product.title, frozenset(product.opens)) for product in products_on_sale()]

    def offers_of(self, page: Any) -> str:
        if page.access in {Access.FREE, Access.MEMBER}:
            return ""
        opening = {PREMIUM, entitlement_key(page)}
        return ", ".join(title for title, opens in self.products if opens & opening) or "Nothing"

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "draft_title": item.draft_title,
            "kind": item.content_type.name,
            "tier": TIERS.get(item.access, item.access),
            "samples": item.samples or 0,
            "offers": self.offers_of(item),
            "is_live": _yes(item.live),
        }


class StaleFilters(WagtailFilterSet):
    months = django_filters.ChoiceFilter(
        choices=[(str(months), f"{months} months") for months in _MONTHS],
        label="Not edited for", empty_label="6 months or more", widget=RadioSelect, method="old",
    )  # fmt: skip

    class Meta:
        model = Page
        fields: tuple[str, ...] = ()

    def old(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return queryset.filter(latest_revision_created_at__lt=_ago(int(value)))


class StaleReport(PageReport):
    """Live pages that nobody has touched for long."""

    page_title = "Not edited for long"
    header_icon = "history"
    index_url_name = "stale_report"
    index_results_url_name = "stale_report_results"
    filterset_class = StaleFilters
    default_ordering = "latest_revision_created_at"
    columns = [_TITLE, _KIND, _EDITED]
    export_filename = "not-edited-for-long"
    list_export = ["draft_title", "content_type.name", "latest_revision_created_at"]
    export_headings = {
        "draft_title": "Title", "content_type.name": "Kind",
        "latest_revision_created_at": "Last edited",
    }  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Page]:
        asked = self.request.GET.get("months", "")
        least = min(_MONTHS) if asked in map(str, _MONTHS) else 6
        return (
            pages_for(self.request.user)
            .filter(live=True, latest_revision_created_at__lt=_ago(least))
            .select_related("content_type")
        )


class CaptionsReport(PageReport):
    """Pages with a film that nobody can read along with."""

    page_title = "Captions missing"
    header_icon = "openquote"
    index_url_name = "captions_report"
    index_results_url_name = "captions_report_results"
    columns = [_TITLE, _KIND, _EDITED]
    export_filename = "captions-missing"
    list_export = StaleReport.list_export
    export_headings = StaleReport.export_headings

    def get_base_queryset(self) -> QuerySet[Page]:
        return lacking_captions(self.request.user).select_related("content_type")


class ScheduledReport(PageReport):
    """What goes live by itself, and when."""

    page_title = "Scheduled"
    header_icon = "calendar-alt"
    index_url_name = "scheduled_report"
    index_results_url_name = "scheduled_report_results"
    default_ordering = "goes_live_at"
    columns = [
        _TITLE,
        _KIND,
        Column("goes_live_at", label="Goes live", sort_key="goes_live_at",
               accessor=lambda page: _moment(page.goes_live_at)),
        Column("expires_at", label="Ends", accessor=lambda page: _moment(page.expire_at),
               sort_key="expire_at"),
    ]  # fmt: skip
    export_filename = "scheduled"
    list_export = ["draft_title", "content_type.name", "goes_live_at", "expire_at"]
    export_headings = {
        "draft_title": "Title", "content_type.name": "Kind", "goes_live_at": "Goes live",
        "expire_at": "Ends",
    }  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Page]:
        ends = Q(live=True, expire_at__isnull=False)
        pages = pages_for(self.request.user).filter(SCHEDULED | ends)
        found: QuerySet[Page] = pages.annotate(goes_live_at=Subquery(_NEXT))
        return found.select_related("content_type")


_NEXT = (
    Revision.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=Cast(OuterRef("pk"), output_field=CharField()),
        approved_go_live_at__isnull=False,
    )
    .order_by()
    .values("object_id")
    .values(at=Min(F("approved_go_live_at")))
)
REPORTS: dict[str, type[HouseReport]] = {
    "access": AccessReport,
    "stale": StaleReport,
    "captions": CaptionsReport,
    "scheduled": ScheduledReport,
    "links": BrokenLinksReport,
}


def _yes(is_so: bool) -> str:  # noqa: FBT001
    return "Yes" if is_so else "No"


def _moment(at: dt.datetime | None) -> str:
    return timezone.localtime(at).strftime("%-d %b %Y, %H:%M") if at else ""


def _ago(months: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=months * _DAYS_A_MONTH)
