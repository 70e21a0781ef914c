"""Blocks that show something."""

from typing import Any

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.whole import picture_of, told_of


class PictureBlock(ImageBlock):
    """A picture, whole, in the sizes and formats that each screen wants."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "picture": picture_of(value)}

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        return told_of(value)

    class Meta:
        template = "components/picture.html"


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows and what to see in it."""

    image = PictureBlock()
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
        picture = self.child_blocks["image"].get_api_representation(value["image"], context)
        return {"picture": picture, "caption": value["caption"]}


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
