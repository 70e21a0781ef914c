"""Links to other sites that lead nowhere, with the pages they stand on."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.core.spreadsheets import HouseReport
from cms.dashboard.everything import pages_for
from cms.links.models import LinkPlace


def _address(place: LinkPlace) -> SafeString:
    return format_html(
        '<a href="{0}" rel="noreferrer noopener" target="_blank">{0}</a>', place.link.address
    )


class BrokenLinksReport(HouseReport):
    """What the queue found when it last asked; the longest broken come first."""

    page_title = "Links that lead nowhere"
    header_icon = "link"
    model = LinkPlace
    index_url_name = "links_report"
    index_results_url_name = "links_report_results"
    default_ordering = "link__broken_since"
    is_searchable = False
    columns = [
        TitleColumn("title", label="Page", accessor="page.draft_title",
                    get_url=lambda place: f"/cms/pages/{place.page_id}/edit/",
                    sort_key="page__draft_title"),
        Column("words", label="Words"),
        Column("address", label="Address", accessor=_address),
        Column("trouble", label="What happens", accessor="link.trouble",
               sort_key="link__trouble"),
        DateColumn("since", label="Since", accessor="link.broken_since",
                   sort_key="link__broken_since"),
        DateColumn("asked", label="Last asked", accessor="link.asked_at",
                   sort_key="link__asked_at"),
    ]  # fmt: skip
    export_filename = "links-that-lead-nowhere"
    list_export = [
        "page.draft_title", "words", "link.address", "link.trouble", "link.status",
        "link.broken_since", "link.asked_at",
    ]  # fmt: skip
    export_headings = {
        "page.draft_title": "Page", "words": "Words", "link.address": "Address",
        "link.trouble": "What happens", "link.status": "Status", "link.broken_since": "Since",
        "link.asked_at": "Last asked",
    }  # fmt: skip

    @cached_property
    def permission_policy(self) -> Any:
        """Whoever has pages to report on; there are no permissions on links."""
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> QuerySet[LinkPlace]:
        seen = pages_for(self.request.user).filter(live=True)
        places = LinkPlace.objects.filter(page__in=seen.values("pk")).exclude(link__trouble="")
        return places.select_related("link", "page")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(*([self.ordering] if self.ordering else []), "pk")
