"""The site's addresses, and two behind which something breaks."""

from typing import NoReturn

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from config.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler500"]


def breaks(request: HttpRequest, kind: str) -> NoReturn:
    raise (SuspiciousOperation if kind == "odd" else RuntimeError)("a secret of the house")


urlpatterns = [path("api/<slug:kind>", breaks), path("page/<slug:kind>", breaks), *urlpatterns]
