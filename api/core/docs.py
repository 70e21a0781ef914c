"""The OpenAPI document and its browsable form, which needs no outside host."""

from typing import Any, Final

from django.conf import settings
from django.urls import path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

_PUBLIC: Final[dict[str, list[type]]] = {"authentication_classes": [], "permission_classes": []}
# Swagger UI styles its elements one by one.
_DOCS_CSP: Final[dict[str, Any]] = {
    **settings.SECURE_CSP,
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}

_document = SpectacularAPIView.as_view(**_PUBLIC)
_docs = SpectacularSwaggerSplitView.as_view(url_name="schema", **_PUBLIC)

urlpatterns = [
    path("schema", _document, name="schema"),
    path("docs", csp_override(_DOCS_CSP)(_docs), name="docs"),
]
