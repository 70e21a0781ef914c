"""What moderators approve at a click is looked at as if it were published in the form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views.pages.workflow import WorkflowActionView


class ApprovedPageView(WorkflowActionView):
    """Approving by the button in a list skips the form: a page that lacks something is opened."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name == "approve":
            try:
                self.object.get_latest_revision_as_object().check_ready()
            except ValidationError as error:
                reasons = " ".join(error.messages)
                messages.error(request, f"“{self.object}” is not ready: {reasons}")
                return redirect("wagtailadmin_pages:edit", self.object.pk)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer
