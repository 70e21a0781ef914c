"""What crawlers and phones ask for first."""

from django.urls import path

from cms.core import applinks, views, watching
from cms.core.sitemaps import site_map

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", site_map, name="sitemap"),
    path("watch/<uuid:video_uid>", watching.watch, name="watch"),
    path(".well-known/apple-app-site-association", applinks.apple),
    path(".well-known/assetlinks.json", applinks.android),
]
