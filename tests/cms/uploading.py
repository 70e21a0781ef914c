"""An editor's browser that sends a film in parts."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from pytest_django import Settings

from fitness.accounts.models import User
from fitness.training.models import Video

START, ADD_VIDEO = "/cms/uploads/", "/cms/snippets/training/video/add/"
HEAD = b"\0\0\0\x18ftypmp42"
FILM = HEAD + bytes(range(256)) * 8
PART = 500


@pytest.fixture(autouse=True)
def small_parts(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.UPLOAD_PART_BYTES = PART
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.STORAGES = dict(settings.STORAGES)  # made anew, in the folder of this test
    monkeypatch.setattr(Video.file.field, "storage", storages["private"])


@pytest.fixture
def someone(client: Client, editor: User) -> User:
    client.force_login(editor)
    return editor


def begin(client: Client, content: bytes = FILM, **fields: Any) -> Any:
    head = base64.b64encode(content[:12]).decode()
    return client.post(START, {"name": "squat.mp4", "size": len(content), "head": head, **fields})


def put(client: Client, url: str, content: bytes) -> Any:
    return client.put(url, content, content_type="application/octet-stream")


def send(client: Client, state: dict[str, Any], content: bytes = FILM, *, parts: int = 99) -> Any:
    while state["next"] and parts:
        start, parts = state["received"], parts - 1
        part = content[start : start + state["next"]["size"]]
        state = put(client, state["next"]["url"], part).json()
    return state


def finish(client: Client, state: dict[str, Any]) -> Any:
    return client.post(f"{START}{state['token']}/finish")


def private_files() -> list[str]:
    root = Path(storages["private"].path(""))
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
