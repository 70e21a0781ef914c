"""Films that are there already belong to whoever the admin's log says made them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from django.db.models import TextField


def name_uploaders(apps, schema_editor):
    Video = apps.get_model("training", "Video")
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="training", model="video"
    )
    made = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(
        content_type__in=kind,
        action="wagtail.create",
        object_id=Cast(OuterRef("pk"), TextField()),
    )
    known = made.filter(user__in=apps.get_model("accounts", "User").objects.all())
    Video.objects.filter(uploader=None).update(
        uploader_id=Subquery(known.order_by("pk").values("user_id")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0004_first_tick"),
        ("training", "0005_video_uploader"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0078_referenceindex"),
    ]

    operations = [migrations.RunPython(name_uploaders, migrations.RunPython.noop)]
