"""What crawlers and phones ask for first."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from cms.core import applinks, views, watching

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("watch/<int:page_id>/<uuid:video_uid>", watching.watch, name="watch"),
    path(".well-known/apple-app-site-association", applinks.apple),
    path(".well-known/assetlinks.json", applinks.android),
]
