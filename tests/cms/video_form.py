"""The form of a video, filled in as a browser does."""

from typing import Any

from django.test import Client

from fitness.training.models import Video

ENGLISH = "WEBVTT\n\n00:01.000 --> 00:02.000\nStand tall.\n"


def save(client: Client, video: Video, **fields: Any) -> Any:
    """Press Save on the video's page with these fields filled in."""
    page = f"/cms/snippets/training/video/edit/{video.pk}/"
    return client.post(page, {"title": video.title, "description": "", **fields})


def captions(*rows: dict[str, Any], kept: int = 0) -> dict[str, Any]:
    """The rows of captions as the browser sends them, the last one empty."""
    fields: dict[str, Any] = {
        "captions-TOTAL_FORMS": str(len(rows) + 1),
        "captions-INITIAL_FORMS": str(kept),
    }
    for number, row in enumerate(rows):
        fields |= {f"captions-{number}-{name}": value for name, value in row.items()}
    return fields


def english(**fields: Any) -> dict[str, Any]:
    return {"language": "en", "label": "English", "text": ENGLISH} | fields
