"""What the checks say about a page's newest draft, for the panel beside its form."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core.models import BasePage
from cms.core.panels import told


@require_safe
@never_cache
def page_findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """The findings as the panel shows them; asked for again when a draft was saved."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, BasePage):
        raise Http404
    return render(request, "wagtailadmin/checks/findings.html", told(draft))
