"""The project's addresses, and what they are measured against.

The floor is the least that any answer from the database costs; Wagtail's own API is what most
sites would give their apps.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from bench import wagtail_api
from bench.data.members import address
from config.urls import urlpatterns as project
from fitness.accounts.models import User


def floor(request: HttpRequest, size: int) -> HttpResponse:
    """A constant of ``size`` bytes after one indexed read, through the same middleware."""
    list(User.objects.filter(email=address(1)).values_list("pk"))
    return HttpResponse(b"x" * size, content_type="application/json")


urlpatterns: list[URLPattern | URLResolver] = [
    path("floor/<int:size>", floor),
    path("wagtail/", wagtail_api.router.urls),
    *project,
]
