"""What crawlers ask for first."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from cms.core import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
