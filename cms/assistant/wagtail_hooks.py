"""The assistant's place in the editors' admin; without a key it has none."""

import json

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from cms.assistant import views
from cms.assistant.models import Kind
from cms.assistant.viewsets import UsageViewSet
from fitness.core import llm

# Which field of which form each draft is for.
_FIELDS = [
    {"kind": Kind.TEASER, "field": "teaser", "label": "Suggest a teaser", "on": "pages"},
    {
        "kind": Kind.DESCRIPTION,
        "field": "search_description",
        "label": "Suggest a description",
        "on": "pages",
    },
    {"kind": Kind.TUTORIAL, "field": "body", "label": "Suggest an outline", "on": "tutorial"},
    {
        "kind": Kind.ALT_TEXT,
        "field": "description",
        "label": "Suggest alternative text",
        "on": "images",
    },
]


@hooks.register("register_admin_urls")
def addresses_of_the_assistant() -> list[URLPattern]:
    return [
        path("assistant/ask/", views.ask, name="assistant_ask"),
        path("assistant/<uuid:uid>/", views.answer, name="assistant_answer"),
        path("assistant/<uuid:uid>/end/", views.end, name="assistant_end"),
    ]


@hooks.register("insert_global_admin_css")
def look_of_the_assistant() -> str:
    if not llm.is_on():
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("css/assistant-admin.css"))


@hooks.register("insert_global_admin_js")
def buttons_of_the_assistant() -> str | SafeString:
    if not llm.is_on():
        return ""
    return format_html(
        '<script type="module" id="assistant" src="{}" data-ask="{}" data-fields="{}"></script>',
        static("js/assistant-admin.js"),
        reverse("assistant_ask"),
        json.dumps(_FIELDS),
    )


@hooks.register("register_admin_viewset")
def usage_of_the_assistant() -> UsageViewSet:
    return UsageViewSet("assistant_usage", url_prefix="assistant/usage")
