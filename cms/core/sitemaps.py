"""The map of the site for search engines."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap


@require_safe
@cache_control(public=True, max_age=3600)
def site_map(request: HttpRequest) -> HttpResponseBase:
    """Every live page that search engines may show; as many queries for 1,000 as for 10."""
    answer: HttpResponseBase = sitemap(request)
    return answer


def entry(page: Any, urls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page's place in the map: none if it hides, or if its text was published elsewhere first."""
    return [] if page.noindex or page.canonical_url else urls
