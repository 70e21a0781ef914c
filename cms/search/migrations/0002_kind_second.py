from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RemoveIndex("document", "found_by_uid"),
        migrations.AddIndex(
            "document", models.Index(fields=["uid", "kind"], name="found_by_uid_and_kind")
        ),
    ]
