"""The orders in which lists hand out pages; Wagtail's table has an index for none of them."""

from django.db import migrations

# Each list is of one kind, and goes on from a place in its order.
_ORDERS = {
    "live_pages_newest": "content_type_id, first_published_at, id",
    "live_pages_by_title": "content_type_id, title, id",
    "live_pages_updated": "content_type_id, last_published_at, id",
}


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_withdrawn_and_drawn"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX IF NOT EXISTS {name} ON wagtailcore_page ({columns}) WHERE live",
            f"DROP INDEX IF EXISTS {name}",
        )
        for name, columns in _ORDERS.items()
    ]
