"""The editors' house: lists, figures, reports and a page that explains it."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.dashboard.bulk_actions import SetCategory, SetTier
from cms.dashboard.changing import SET_ACCESS, SET_CATEGORY
from cms.dashboard.guide import guide
from cms.dashboard.listings import ContentGroup
from cms.dashboard.many import all_changes, many_pages
from cms.dashboard.panels import HousePanel
from cms.dashboard.reports import REPORTS

hooks.register("register_bulk_action", SetTier)
hooks.register("register_bulk_action", SetCategory)


class ReportMenuItem(MenuItem):
    """Shown to whoever has pages to report on."""

    def is_shown(self, request: HttpRequest) -> bool:
        asked = {"add", "change", "publish"}
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, asked))


@hooks.register("register_admin_viewset")
def lists_of_content() -> ContentGroup:
    return ContentGroup()


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(HousePanel())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    found = [
        path("how-we-work/", guide, name="how_we_work"),
        path("many-pages/", all_changes, name="all_changes"),
        path("many-pages/<uuid:uid>/", many_pages, name="many_pages"),
    ]
    for name, view in REPORTS.items():
        found += [
            path(f"reports/{name}/", view.as_view(), name=f"{name}_report"),
            path(
                f"reports/{name}/results/",
                view.as_view(results_only=True),
                name=f"{name}_report_results",
            ),
        ]
    return found


def _report(name: str, order: int) -> None:
    view = REPORTS[name]
    hooks.register(
        "register_reports_menu_item",
        lambda: ReportMenuItem(
            view.page_title,
            reverse(f"{name}_report"),
            name=f"{name}-report",
            icon_name=view.header_icon,
            order=order,
        ),
    )


for place, report in enumerate(REPORTS):
    _report(report, 100 + place)


@hooks.register("register_admin_menu_item")
def way_to_the_guide() -> MenuItem:
    return MenuItem("How we work", reverse("how_we_work"), icon_name="help", order=20)


@hooks.register("register_log_actions")
def what_was_set(actions: Any) -> None:
    for name, label in ((SET_ACCESS, "Set tier"), (SET_CATEGORY, "Set category")):
        actions.register_action(name, label, f"{label} with other pages")


@hooks.register("insert_global_admin_css")
def dashboard_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/dashboard-admin.css"))


@hooks.register("insert_global_admin_js")
def live_js() -> str:
    return format_html('<script type="module" src="{}"></script>', static("js/live-admin.js"))
