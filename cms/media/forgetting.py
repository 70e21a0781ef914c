"""The files of what was deleted: they go by a task that is stored with the deletion.

Nothing goes if the deletion is undone; what a crash leaves goes when the task runs again.
"""

from collections.abc import Sequence

from django.core.files.storage import default_storage, storages
from django.tasks import task

from cms.media.files import delete_folder, frames_folder, streams_folder


@task(queue_name="slow")
def delete_files(
    *, private: Sequence[str] = (), public: Sequence[str] = (), folders: Sequence[str] = ()
) -> None:
    """Queued. Deletes files by name and private folders with all in them; twice is once."""
    for name in private:
        storages["private"].delete(name)
    for name in public:
        default_storage.delete(name)
    for folder in folders:
        delete_folder(storages["private"], folder)


def forget_film(uid: object) -> None:
    """Delete what was made of a film whose video is gone."""
    for folder in (streams_folder(uid), frames_folder(uid)):
        delete_folder(storages["private"], folder)
