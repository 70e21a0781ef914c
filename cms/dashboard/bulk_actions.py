"""Tier and category of many pages at once, from any list of pages."""

from collections.abc import Sequence
from itertools import batched
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.urls import Resolver404, resolve
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from cms.dashboard.changing import change_later, change_pages, objection
from cms.dashboard.listings import LISTINGS
from fitness.training.models import Access, Category

# So many are changed while the editor waits; more go by the queue.
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

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> Any:
        """“All” is all that the list shows as it is narrowed down, not all there is."""
        listing = _listing_of(self.next_url)
        if listing is None:
            return super().get_all_objects_in_listing_query(parent_id) if parent_id else []
        return _pks(listing, self.next_url, self.request)

    @classmethod
    def get_queryset(cls, model: type[Page], object_ids: Sequence[Any]) -> list[Page]:
        return list(Page.objects.filter(pk__in=list(object_ids)).specific())

    def object_context(self, obj: Page) -> dict[str, Any]:
        return {"item": obj}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        left = [row["item"] for row in context["items_with_no_access"]]
        return context | {"left": left, "verb": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self, "user": self.request.user, "value": self._asked()}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Page], *, action: "SetOnPages", user: Any, value: Any, **kwargs: Any
    ) -> tuple[int, int]:
        now, later = objects[:AT_ONCE], objects[AT_ONCE:]
        done = change_pages(now, user, field_name=cls.field_name, value=value)
        for part in batched(later, AT_ONCE):
            change_later.enqueue([page.pk for page in part], user.pk, cls.field_name, value)
        action.tell(done.left, waiting=len(later))
        return done.pages, 0

    def tell(self, left: list[tuple[Page, str]], *, waiting: int) -> None:
        for page, why in left[:_NAMED]:
            messages.error(self.request, f"“{page}” was left as it was. {why}")
        if waiting:
            messages.info(
                self.request, f"{waiting} more are being changed; the list shows them as they are."
            )

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
