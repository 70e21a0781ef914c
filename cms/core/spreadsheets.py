"""Reports as files that a spreadsheet opens and does not obey."""

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.reports import ReportView

# A cell that begins so is a formula to Excel, LibreOffice and others (OWASP: CSV injection).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_ROWS_AT_ONCE = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value: Any) -> Any:
    """The text of a cell, which an apostrophe keeps from being a formula."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


class HouseReport(ReportView):
    """A report whose files need the memory of a few hundred rows, however long it is.

    ``get_base_queryset`` takes as many queries for all pages as for one.
    """

    any_permission_required = ["add", "change", "publish"]
    results_template_name = "wagtailadmin/dashboard/report_results.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Wagtail would read all rows for the page around the list as well."""
        if self.is_export:
            asked = request.GET.get("export")
            answer: HttpResponseBase = self.as_spreadsheet(self.get_filtered_queryset(), asked)
            return answer
        shown: HttpResponseBase = super().get(request, *args, **kwargs)
        return shown

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return harmless(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: Any) -> Any:
        return super().stream_csv(queryset.iterator(chunk_size=_ROWS_AT_ONCE))

    def write_xlsx_response(self, queryset: Any) -> FileResponse:
        """By way of a file on disk, which is gone once it was sent."""
        output = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
        self.write_xlsx(queryset.iterator(chunk_size=_ROWS_AT_ONCE), output)
        output.seek(0)
        name = f"{self.get_filename()}.xlsx"
        return FileResponse(output, as_attachment=True, filename=name, content_type=_XLSX)
