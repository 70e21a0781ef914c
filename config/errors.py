"""What is answered when nothing else could be: in the API's words under ``/api/``, else a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from api.core.errors import domain_problem, problem_answer
from fitness.core.limits import LimitReachedError


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return problem_answer(400, "malformed", "The request is malformed.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        sorry = "Something broke on our side and we have been told. Trying again later is safe."
        return problem_answer(500, "server_error", sorry)
    return defaults.server_error(request)


def too_many_requests(request: HttpRequest, error: LimitReachedError | None = None) -> HttpResponse:
    """allauth calls it without an error, for limits of its own on changes of one's account."""
    error = error or LimitReachedError(60)
    if _is_api(request):
        return domain_problem(error)
    response = render(request, "429.html", {"wait": error.wait}, status=error.status)
    response["Retry-After"] = str(error.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
