"""Reports as files that a spreadsheet opens and does not obey."""

from typing import Any

from wagtail.admin.views.reports import ReportView

# A cell that begins so is a formula to Excel, LibreOffice and others (OWASP: CSV injection).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """The text of a cell, which an apostrophe keeps from being a formula."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


class HouseReport(ReportView):
    """A report whose CSV leaves row by row, however long it is.

    ``get_base_queryset`` takes as many queries for all pages as for one.
    """

    any_permission_required = ["add", "change", "publish"]
    results_template_name = "wagtailadmin/dashboard/report_results.html"

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return harmless(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: Any) -> Any:
        return super().stream_csv(queryset.iterator(chunk_size=500))
