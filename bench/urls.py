"""The project's addresses, and the floor: the least that any answer from the database costs."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from bench.data.members import address
from config.urls import urlpatterns as project
from fitness.accounts.models import User


def floor(request: HttpRequest, size: int) -> HttpResponse:
    """A constant of ``size`` bytes after one indexed read, through the same middleware."""
    list(User.objects.filter(email=address(1)).values_list("pk"))
    return HttpResponse(b"x" * size, content_type="application/json")


urlpatterns: list[URLPattern | URLResolver] = [path("floor/<int:size>", floor), *project]
