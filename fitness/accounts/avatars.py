"""A member's picture: two public files under a name that nobody can guess."""

import functools
import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from fitness.accounts.models import Profile
from fitness.accounts.pictures import SIZES, portraits
from fitness.accounts.services import hold_profile


@dataclass(frozen=True, slots=True)
class Avatar:
    """Public addresses of the picture, 512 and 128 pixels square."""

    large: str
    small: str


@functools.lru_cache(maxsize=20_000)
def avatar_of(name: str) -> Avatar | None:
    """The addresses of the picture of this name, as profiles keep it; ``None`` without one."""
    if not name:
        return None
    large, small = map(default_storage.url, files_of(name))
    return Avatar(large=large, small=small)


def set_avatar(*, user_id: int, sent: bytes) -> Profile:
    """Show the member by this picture; the one before is gone for good.

    Of two that come at once the later stays, and no file of the other does. Raises what
    ``portraits`` raises.
    """
    pictures = portraits(sent)
    key = uuid.uuid4().hex
    name = f"avatars/{key[:2]}/{key}"
    try:
        for file, picture in zip(files_of(name), pictures, strict=True):
            default_storage.save(file, ContentFile(picture))
        return _replace(user_id, name)
    except BaseException:
        _delete_files(name)
        raise


def remove_avatar(*, user_id: int) -> Profile:
    """Show no picture of the member; its files go. Doing it twice changes nothing."""
    return _replace(user_id, "")


@transaction.atomic
def _replace(user_id: int, name: str) -> Profile:
    profile = hold_profile(user_id=user_id)
    before, profile.avatar = profile.avatar, name
    profile.save(update_fields=["avatar", "updated_at"])
    if before:
        transaction.on_commit(functools.partial(_delete_files, before))
    return profile


def _delete_files(name: str) -> None:
    for file in files_of(name):
        default_storage.delete(file)


def files_of(name: str) -> list[str]:
    """The two public files of the picture of this name, large and small."""
    return [f"{name}-{side}.webp" for side in SIZES]
