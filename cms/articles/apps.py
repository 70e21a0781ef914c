from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "cms.articles"
    label = "articles"

    def ready(self) -> None:
        from cms.articles import receivers

        receivers.connect()
