"""Blocks that a reader does something with: watch, follow, open, go on."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks.figures import PictureBlock
from cms.core.blocks.text import ProseBlock
from cms.core.watching import watched_on

# Whose films may be linked, by the hosts that their addresses have.
_PROVIDERS = {
    "YouTube": ("youtube.com", "www.youtube.com", "youtu.be"),
    "Vimeo": ("vimeo.com", "player.vimeo.com"),
    "Spotify": ("open.spotify.com",),
    "Komoot": ("www.komoot.com", "www.komoot.de"),
    "Strava": ("www.strava.com",),
}


class VideoBlock(SnippetChooserBlock):
    """A video of the library. Its address is in no page and no answer: the player asks for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("training.Video", **kwargs)

    class Meta:
        icon = "media"
        label = "Video"
        description = "A video of the library, played by whoever may read the story"
        template = "blocks/video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        if value is None:
            return {**context, "film": None}
        around = parent_context or {}
        transcript = around.get("transcripts", {}).get(value.pk, "")
        return {**context, "film": watched_on(around.get("page"), value, transcript=transcript)}

    def get_preview_value(self) -> Any:
        return self.model_class.objects.order_by("-pk").first()

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if value is None:
            return None
        return {
            "uid": str(value.uid),
            "title": value.title,
            "duration_s": value.duration_seconds,
            "poster": value.poster.url if value.poster else "",
        }


class StepBlock(blocks.StructBlock):
    """A step of how something is done; steps are numbered as they follow each other."""

    heading = blocks.CharBlock(max_length=120)
    text = ProseBlock()
    image = PictureBlock(required=False)

    class Meta:
        icon = "list-ol"
        label = "Step"
        label_format = "{heading}"
        description = "A numbered step of how something is done"
        template = "blocks/step.html"
        preview_value: ClassVar[dict[str, str]] = {
            "heading": "Set your feet",
            "text": "<p>Stand as wide as your hips, toes a little out.</p>",
        }

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {
            "heading": value["heading"],
            "text": self.child_blocks["text"].get_api_representation(value["text"], context),
            "picture": self.child_blocks["image"].get_api_representation(value["image"], context),
        }


class Target(blocks.StructValue):
    """Where a call to action leads."""

    @cached_property
    def href(self) -> str:
        """The address of a live page or another address; empty when there is none any more."""
        page = self.get("page")
        if page is not None:
            return (page.url or "") if page.live else ""
        return str(self.get("url") or "")


class CallToActionBlock(blocks.StructBlock):
    """What to do next, with one button."""

    heading = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(max_length=240, required=False)
    label = blocks.CharBlock(max_length=40, help_text="What the button says.")
    page = blocks.PageChooserBlock(required=False)
    url = blocks.URLBlock(
        label="Address", required=False, help_text="Where no page of the site fits."
    )

    class Meta:
        icon = "link"
        label = "Call to action"
        label_format = "{heading}"
        description = "What to do next, with one button"
        template = "blocks/call_to_action.html"
        value_class = Target
        preview_value: ClassVar[dict[str, str]] = {
            "heading": "Four weeks, twelve workouts",
            "text": "Begin on any Monday.",
            "label": "See the programme",
            "url": "https://example.com/",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            fault = ValidationError("Choose a page or give an address, and not both.")
            raise StructBlockValidationError(block_errors={"page": fault})
        return cleaned

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        told = {name: value[name] for name in ("heading", "text", "label")}
        return {**told, "url": value.href}


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=160)
    answer = ProseBlock()

    class Meta:
        icon = "help"
        label_format = "{question}"


class FaqBlock(blocks.StructBlock):
    """Questions that open to their answers."""

    heading = blocks.CharBlock(max_length=80, default="Questions", required=False)
    questions = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        label = "Questions"
        label_format = "{heading}"
        description = "Questions that open to their answers"
        template = "blocks/faq.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "Questions",
            "questions": [
                {"question": "Do I need a mat?", "answer": "<p>A carpet will do.</p>"},
                {"question": "How often?", "answer": "<p>Three times a week.</p>"},
            ],
        }


class LinkedFilm(blocks.StructValue):
    """A link to another site, and whose site that is."""

    @cached_property
    def provider(self) -> str:
        """The name of the site, or nothing for one that may not be linked any more."""
        return provider_of(self.get("url") or "")


class EmbedBlock(blocks.StructBlock):
    """Something on another site, as a link: the page itself asks no other site for anything."""

    url = blocks.URLBlock(label="Address", help_text=f"At {', '.join(_PROVIDERS)}.")
    title = blocks.CharBlock(max_length=120)

    class Meta:
        icon = "media"
        label = "From another site"
        label_format = "{title}"
        description = "A film, a track or a route on another site, as a card that leads there"
        template = "blocks/embed.html"
        value_class = LinkedFilm
        preview_value: ClassVar[dict[str, str]] = {
            "url": "https://vimeo.com/1",
            "title": "A run along the river",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.provider:
            known = ", ".join(_PROVIDERS)
            fault = ValidationError(f"Give an address that begins with https:// at {known}.")
            raise StructBlockValidationError(block_errors={"url": fault})
        return cleaned

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {"url": value["url"], "title": value["title"], "provider": value.provider}


def provider_of(address: str) -> str:
    """The site that an address belongs to, or nothing for a site that is not on the list."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme != "https":
        return ""
    return next((name for name, hosts in _PROVIDERS.items() if parts.hostname in hosts), "")
