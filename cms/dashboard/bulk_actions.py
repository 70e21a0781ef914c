"""Tier and category of many pages at once, from any list of pages."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.dashboard.bulk_changes import begin
from cms.dashboard.changing import change_pages, objection
from cms.dashboard.listings import LISTINGS
from fitness.training.models import Access, Category

# So many are changed while the editor waits; more go by the queue, all of them.
AT_ONCE = 40
_NAMED = 5


class TierForm(forms.Form):
    value = forms.ChoiceField(choices=Access.choices, label="Tier", widget=forms.RadioSelect)


class CategoryForm(forms.Form):
    value = forms.ModelChoiceField(
        queryset=Category.objects.order_by("position", "name"), label="Category"
    )


class SetOnPages(PageBulkAction):
    """Shows what will be changed and what will not, with the reason."""

    template_name = "wagtailadmin/dashboard/set_on_pages.html"
    field_name = ""

    def check_perm(self, page: Page) -> bool:
        page.why_not = objection(
            page, self.request.user, field_name=self.field_name, value=self._asked()
        )
        return not page.why_not

    def _asked(self) -> Any:
        form = self.cleaned_form
        return _plain(form.cleaned_data["value"]) if form else None

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """What the person may see of what was chosen; of many, each is asked about in its turn."""
        pages = self._chosen()
        if len(pages) > AT_ONCE:
            return list(pages), {"items_with_no_access": []}
        found = list(pages.specific())
        open_ones = [page for page in found if self.check_perm(page)]
        return open_ones, {"items_with_no_access": [page for page in found if page.why_not]}

    def prepare_action(self, objects: list[Page], without: Any) -> HttpResponse | None:
        """Many go by the queue, and the editor to where they see how far it is."""
        if len(objects) <= AT_ONCE:
            return None
        change = begin(
            user=self.request.user,
            pages=objects,
            field_name=self.field_name,
            value=self._asked(),
            title=f"{self.display_name}: {self._told()}",
            now=timezone.now(),
        )
        return redirect(f"{reverse('many_pages', args=[change.uid])}?next={quote(self.next_url)}")

    def _chosen(self) -> Any:
        asked = self.request.GET.getlist("id")
        if "all" in asked:
            asked = self.get_all_objects_in_listing_query(self.request.GET.get("childOf"))
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        pks = [int(pk) for pk in asked if str(pk).isdecimal()]
        return Page.objects.filter(pk__in=pks).filter(pk__in=seen.values("pk")).order_by("pk")

    def _told(self) -> str:
        form = self.cleaned_form
        value = form.cleaned_data["value"] if form else ""
        return str(dict(Access.choices).get(value, value))

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> Any:
        """“All” is all that the list shows as it is narrowed down, not all there is."""
        listing = _listing_of(self.next_url)
        if listing is None:
            return super().get_all_objects_in_listing_query(parent_id) if parent_id else []
        return _pks(listing, self.next_url, self.request)

    def object_context(self, obj: Page) -> dict[str, Any]:
        return {"item": obj}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        left = [row["item"] for row in context["items_with_no_access"]]
        return context | {
            "left": left,
            "verb": self.display_name,
            "is_many": len(context["items"]) > AT_ONCE,
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self, "user": self.request.user, "value": self._asked()}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Page], *, action: "SetOnPages", user: Any, value: Any, **kwargs: Any
    ) -> tuple[int, int]:
        done = change_pages(objects, user, field_name=cls.field_name, value=value)
        for page, why in done.left[:_NAMED]:
            messages.error(action.request, f"“{page}” was left as it was. {why}")
        return done.pages, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        pages = "1 page was" if num_parent_objects == 1 else f"{num_parent_objects} pages were"
        return f"{pages} changed."


class SetTier(SetOnPages):
    display_name = "Set tier"
    aria_label = "Set the tier of the selected pages"
    action_type = "set_tier"
    action_priority = 110
    form_class = TierForm
    field_name = "access"


class SetCategory(SetOnPages):
    display_name = "Set category"
    aria_label = "Set the category of the selected pages"
    action_type = "set_category"
    action_priority = 120
    form_class = CategoryForm
    field_name = "category_id"


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Category) else value


def _listing_of(url: str) -> Any:
    """The list that an address inside the admin shows, if it is one of ours."""
    try:
        name = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None
    return next((found for found in LISTINGS.values() if name == found.get_url_name("index")), None)


def _pks(listing: Any, url: str, request: Any) -> list[int]:
    """The pages of a list as its address narrows them down."""
    view = listing.index_view_class(**listing.index_view.view_initkwargs)
    asked = _Asked(request, QueryDict(urlsplit(url).query))
    view.setup(asked)
    return list(view.get_queryset().order_by().values_list("pk", flat=True))


class _Asked:
    """The same person asking for the list."""

    def __init__(self, request: Any, query: QueryDict) -> None:
        self.GET = query
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)
