"""Blocks that show something."""

from typing import Any

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

_APP_WIDTH = "width-1200|format-webp"


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows and what to see in it."""

    image = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        label_format = "{caption}"
        description = "A picture with alternative text and a caption"
        template = "blocks/image.html"

    def get_preview_value(self) -> Any:
        shown = get_image_model().objects.order_by("-pk").first()
        if shown is not None:
            shown.contextual_alt_text, shown.decorative = shown.description, False
        return self.normalize({"image": shown, "caption": "What to see in the picture"})

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        image = value["image"]
        if image is None:
            return {"src": "", "alt": "", "caption": value["caption"]}
        rendition = image.get_rendition(_APP_WIDTH)
        return {
            "src": rendition.url,
            "width": rendition.width,
            "height": rendition.height,
            "alt": "" if image.decorative else image.contextual_alt_text,
            "caption": value["caption"],
        }


class ExerciseBlock(SnippetChooserBlock):
    """An exercise of the library, shown with its steps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("training.Exercise", **kwargs)

    class Meta:
        icon = "order"
        label = "Exercise"
        description = "An exercise of the library with its steps"
        template = "blocks/exercise.html"

    def get_preview_value(self) -> Any:
        return self.model_class.objects.order_by("pk").first()

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if value is None:
            return None
        return {
            "uid": str(value.uid),
            "name": value.name,
            "summary": value.summary,
            "steps": value.steps,
        }
