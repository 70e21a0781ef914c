"""What visitors look for, for editors: what they find nothing for comes first to mind."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import Max, Min, QuerySet, Sum
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy

from cms.core.spreadsheets import HouseReport
from cms.search.models import Wanted

SHOWN_DAYS = 30


class SearchesReport(HouseReport):
    """The words of the last month that were looked for often, and how many things they found."""

    model = Wanted
    page_title = "Searches"
    header_icon = "search"
    index_url_name = "searches_report"
    index_results_url_name = "searches_report_results"
    permission_policy = ModelPermissionPolicy(Wanted)
    any_permission_required = ["view"]
    is_searchable = False
    columns: ClassVar[list[Column]] = [
        Column("words", label="Words"),
        Column("all_times", label="Looked for (at least)"),
        Column("least", label="Things found"),
        Column("last_day", label="Last on"),
    ]
    list_export: ClassVar[list[str]] = ["words", "all_times", "least", "last_day"]
    export_headings: ClassVar[dict[str, str]] = {
        "words": "Words",
        "all_times": "Looked for (at least)",
        "least": "Things found",
        "last_day": "Last on",
    }

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        return wanted_of_late(timezone.now().date())


def wanted_of_late(today: dt.date) -> QuerySet[Any, Any]:
    """Words with their sums, those that found nothing first; one statement."""
    return (
        Wanted.objects.filter(day__gte=today - dt.timedelta(days=SHOWN_DAYS))
        .values("words")
        .annotate(all_times=Sum("times"), least=Min("found"), last_day=Max("day"))
        .order_by("least", "-all_times", "words")
    )
