from django.apps import AppConfig
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


class CacheConfig(AppConfig):
    name = "config.cache"
    label = "cache"

    def ready(self) -> None:
        """Wagtail asks where its sites begin for every link: that stays in the process."""
        from wagtail.models import sites

        sites.cache = ConnectionProxy(caches, "process")
