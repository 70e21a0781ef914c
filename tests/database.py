"""What the migrations put into a new database beside tables: Wagtail's first pages."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django_q.models import OrmQ
from wagtail.models import Collection, Locale, Page, Site

from config.roles import apply_roles


def add_extensions(**kwargs: object) -> None:
    """What a migration asks PostgreSQL for before the tables that need it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


@transaction.atomic
def add_what_migrations_add() -> None:
    """The root page, a site, a locale and the root collection; safe to repeat."""
    locale, _ = Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        _add_first_pages(locale)
    apply_roles()


def _add_first_pages(locale: Locale) -> None:
    kind = ContentType.objects.get_for_model(Page)
    root = Page.add_root(title="Root", slug="root", locale=locale, content_type=kind)
    Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": root}
    )
    OrmQ.objects.all().delete()  # Wagtail queues the indexing of a page it makes
