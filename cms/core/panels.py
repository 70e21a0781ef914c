"""What stands beside a page's form."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.side_panels import ChecksSidePanel

from cms.core.checks.findings import ERROR


class FindingsSidePanel(ChecksSidePanel):
    """What keeps the page from being published and what could be better, above Wagtail's checks."""

    template_name = "wagtailadmin/checks/side_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {
            "findings": told(self.object),
            "findings_url": reverse("page_findings", args=[self.object.pk]),
        }


class NoFindingsYetPanel(ChecksSidePanel):
    """The same beside a page that was never saved: it says when there will be something to see."""

    template_name = "wagtailadmin/checks/not_saved_yet.html"


def told(page: Any) -> dict[str, Any]:
    """What the panel says about a page."""
    findings = page.findings()
    errors = [finding for finding in findings if finding.severity == ERROR]
    return {
        "errors": errors,
        "warnings": [finding for finding in findings if finding.severity != ERROR],
    }
