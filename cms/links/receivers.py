"""A page that goes out has the addresses it names asked; Wagtail tells of it by signal."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published

from cms.core.models import BasePage
from cms.links.services import ask_soon, note_links


def connect() -> None:
    page_published.connect(_published, dispatch_uid="cms.links.published")


def _published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    # Wagtail also calls a page published when its first publication is only scheduled.
    if isinstance(instance, BasePage) and instance.live:
        ask_soon(note_links(instance))
