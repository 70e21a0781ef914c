from django.apps import AppConfig


class CategoriesConfig(AppConfig):
    name = "cms.categories"
    label = "categories"
