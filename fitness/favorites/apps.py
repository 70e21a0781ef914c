from django.apps import AppConfig


class FavoritesConfig(AppConfig):
    name = "fitness.favorites"
    label = "favorites"
