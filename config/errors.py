"""What is answered when nothing else could be: in the API's words under ``/api/``, else a page."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from api.core.errors import problem_answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return problem_answer(400, "malformed", "The request is malformed.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        sorry = "Something broke on our side and we have been told. Trying again later is safe."
        return problem_answer(500, "server_error", sorry)
    return defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
