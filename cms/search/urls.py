"""The site's search. It comes before Wagtail's page tree."""

from django.urls import path

from cms.search import views

urlpatterns = [
    path("search", views.search_page, name="search"),
    path("search/propose", views.propose, name="search_propose"),
]
