"""Originals of pictures and documents leave the public folder; sizes are made again."""

from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db import migrations

_FOLDERS = ("original_images", "documents")


def move_what_is_private(apps: Any, schema_editor: Any) -> None:
    public, private = FileSystemStorage(), storages["private"]
    for folder in _FOLDERS:
        if public.exists(folder):
            for name in public.listdir(folder)[1]:
                _move(f"{folder}/{name}", public, private)
    sizes = apps.get_model("core", "CoverRendition").objects.exclude(filter_spec__startswith="fill-")
    for name in sizes.values_list("file", flat=True):
        public.delete(name)
    sizes.all().delete()


def _move(name: str, public: Any, private: Any) -> None:
    if not private.exists(name):
        with public.open(name) as file:
            private.save(name, File(file))
    public.delete(name)


class Migration(migrations.Migration):
    dependencies = [("media", "0002_transcode_has_sound"), ("core", "0001_initial")]

    operations = [migrations.RunPython(move_what_is_private, migrations.RunPython.noop)]
