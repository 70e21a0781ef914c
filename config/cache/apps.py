from django.apps import AppConfig


class CacheConfig(AppConfig):
    name = "config.cache"
    label = "cache"
