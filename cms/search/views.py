"""The search page, and what it proposes while somebody types."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.core.seo import Seo
from cms.search import narrowing, tallies
from cms.search.cards import FoundCard, called, found_card, url_of
from cms.search.filters import FACETS
from cms.search.pinned import pinned_for
from cms.search.questions import LONGEST, Question, understood
from cms.search.selectors import ORDERS, completions, popular, search
from cms.workouts.library import wants_results_only
from fitness.core.paging import part

_PAGE_SIZE = 12
_PROPOSED = 6
_POPULAR = 3
_SEO = Seo(title="Search", description="", canonical="", image="", is_hidden=True)
# What somebody looks for may say much about them: no cache on the way keeps it.
_OWN = "private, no-store"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What is found, what is pinned, and what would narrow it down: six statements at most."""
    q = _typed(request)
    context = _found(request, q) if q else {"popular": _popular()}
    part_ = "#results" if wants_results_only(request) else ""
    whole = {"seo": _SEO, "q": q, "longest": LONGEST, **context}
    response = render(request, f"pages/search.html{part_}", whole)
    response["Cache-Control"] = _OWN
    patch_vary_headers(response, ("Cookie", "HX-Request"))
    return response


@require_safe
def propose(request: HttpRequest) -> HttpResponse:
    """Names of things that somebody who types may mean: two statements."""
    with transaction.atomic():
        found = completions(understood(_typed(request)), limit=_PROPOSED)
    told = [{"title": row.title, "kind": called(row), "url": url_of(row)} for row in found]
    return JsonResponse({"results": told}, headers={"Cache-Control": _OWN})


def _typed(request: HttpRequest) -> str:
    """What was typed. A page answers anything: what is no text is left out."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]


def _found(request: HttpRequest, q: str) -> dict[str, Any]:
    chosen = narrowing.understood_filters(request.GET)
    place = narrowing.place_of(request.GET.get("after", ""))
    with transaction.atomic():
        question = understood(q)
        found = search(question, facets=FACETS, **narrowing.as_asked(chosen))
        pinned = [] if chosen or place else pinned_for(question)
        rows = found.rows.exclude(pk__in=[row.pk for row in pinned])
        read = list(part(rows, ORDERS["relevance"], place)[: _PAGE_SIZE + 1])
    if not (chosen or place):
        tallies.count(question, found=found.counted.total)
    shown: list[Any] = read[:_PAGE_SIZE]
    after = f"{shown[-1].score}.{shown[-1].pk}" if len(read) > _PAGE_SIZE else ""
    path = request.path
    return {
        "cards": [found_card(row, question) for row in shown],
        "pinned": [found_card(row, question) for row in pinned],
        "total": found.counted.total,
        "suggestion": question.suggestion,
        "suggestion_url": narrowing.address(path, question.suggestion, {}),
        "filters": narrowing.filters_of(found.counted, chosen, path=path, q=q),
        "active_count": len(chosen),
        "clear_url": narrowing.address(path, q, {}),
        "next_url": narrowing.address(path, q, chosen, after=after) if after else "",
        "popular": [] if shown or pinned or chosen else _popular(),
    }


def _popular() -> list[FoundCard]:
    nothing = Question("", [])
    return [found_card(row, nothing) for row in popular(limit=_POPULAR)]
