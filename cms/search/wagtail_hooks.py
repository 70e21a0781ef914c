"""What editors see of search: the report, beside Wagtail's promoted results."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.search.reports import SearchesReport

_WAGTAILS = "search-terms"


class SearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.view_wanted")


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    results = SearchesReport.as_view(results_only=True)
    return [
        path("reports/searches/", SearchesReport.as_view(), name="searches_report"),
        path("reports/searches/results/", results, name="searches_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    return SearchesMenuItem(
        "Searches", reverse("searches_report"), name="searches", icon_name="search", order=1250
    )


@hooks.register("construct_reports_menu")
def leave_out_wagtails(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's own report counts nothing here: it would keep whatever anybody types."""
    items[:] = [item for item in items if item.name != _WAGTAILS]
