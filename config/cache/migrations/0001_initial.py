from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(help_text="A whole number, which is counted up.", null=True)),
                ("pickled", models.BinaryField(help_text="Any other value.", null=True)),
                ("expires_at", models.FloatField(help_text="Seconds since 1970; infinity is never.")),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE cache_entry SET UNLOGGED",
            migrations.RunSQL.noop,
        ),
    ]
