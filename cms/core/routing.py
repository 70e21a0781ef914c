"""From an address to its page in three queries, however deep it lies."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view of a page. It would read the whole home page to ask it for the way."""
    slugs = [slug for slug in path.split("/") if slug]
    site = Site.find_for_request(request)
    if site and slugs:
        # Where Wagtail keeps, and looks for, what it found.
        request._wagtail_route_for_request = page_below(site.root_page, slugs, request)  # type: ignore[attr-defined]  # noqa: SLF001
    answer: HttpResponseBase = serve(request, path)
    return answer


def page_below(top: Page, slugs: list[str], request: HttpRequest) -> RouteResult:
    """The live page at this path below ``top``, with what it is shown with and those above it.

    Wagtail asks for each page on the way twice. A page's path is known, and so are its parents'.
    """
    paths = [f"{top.url_path}{'/'.join(slugs[:number])}/" for number in range(1, len(slugs) + 1)]
    # By slug, which has an index; a path has none.
    found = Page.objects.filter(slug__in=set(slugs), url_path__in=paths)
    way = sorted(found.descendant_of(top), key=lambda page: page.depth)
    if len(way) != len(slugs) or not way[-1].live:
        raise Http404
    kind = way[-1].specific_class
    if kind is None:
        raise Http404
    pages = kind.objects.all()
    beside = getattr(kind, "shown_with", ())
    page: Any = (pages.select_related(*beside) if beside else pages).get(pk=way[-1].pk)
    page.above = [top, *way[:-1]]
    route: RouteResult = page.route(request, [])
    return route
