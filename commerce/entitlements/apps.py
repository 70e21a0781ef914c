from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "commerce.entitlements"
    label = "entitlements"
