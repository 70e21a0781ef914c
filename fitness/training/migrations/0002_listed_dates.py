"""Own workouts get the date that lists order them by."""

from django.db import migrations, models
from django.db.models import F, Q


def date_own_workouts(apps, schema_editor):
    workouts = apps.get_model("training", "Workout").objects
    undated = workouts.exclude(owner=None).filter(published_at=None)
    undated.update(published_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="workout",
            name="published_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it first stood in a list: an own one when made.",
                null=True,
            ),
        ),
        migrations.RunPython(date_own_workouts, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="workout",
            constraint=models.CheckConstraint(
                condition=Q(("published_at__isnull", False), Q(("is_published", False), ("owner", None)), _connector="OR"),
                name="what_stands_in_a_list_has_a_date",
            ),
        ),
    ]
