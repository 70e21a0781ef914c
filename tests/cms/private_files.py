"""Stories with files in them."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from tests.queue import drain

CONTENT = b"%PDF-1.4 four weeks"


def document(*, content: bytes = CONTENT, name: str = "plan.pdf") -> Any:
    made = get_document_model()(title="The plan")
    made.file.save(name, ContentFile(content))
    return made


def linking(document: Any) -> list[dict[str, Any]]:
    """A story with a link to a document; Wagtail's index of references follows by a task."""
    link = f'<p><a linktype="document" id="{document.pk}">The plan</a></p>'
    return [{"type": "text", "value": link}]


def showing(image: Any, *, alt: str = "A red kettlebell") -> list[dict[str, Any]]:
    picture = {"image": image.pk, "alt_text": alt, "decorative": False}
    return [{"type": "image", "value": {"image": picture, "caption": "Look"}}]


def indexed[Made](made: Made) -> Made:
    drain()
    return made


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
