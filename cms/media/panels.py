"""Parts of a video's page in the admin that are more than fields."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.panels import Panel

from cms.media.models import Transcode
from cms.media.transcoding.ladder import MASTER
from cms.media.transcoding.services import may_try_again
from fitness.training.models import Video


class TranscodePanel(Panel):
    """How far the streams of the film are, live, and why they are not."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/media/transcode_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"state": state_of(self.instance)}


class FramesPanel(Panel):
    """Moments of the film, one of which may become the poster."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/media/frames_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None and self.instance.frames.exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            frames = self.instance.frames.order_by("at_seconds")
            return context | {"frames": frames, "chosen": self.form["frame"].value()}


class CaptionsPanel(Panel):
    """A row a language, and an empty one for the next."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/media/captions_panel.html"


def state_of(video: Video, *, is_fresh: bool = False) -> dict[str, Any]:
    """What the templates show of a video's way to its streams."""
    kept = Transcode.objects.filter(video=video).first()
    return {
        "video": video,
        "transcode": kept,
        "is_streamed": video.hls.endswith(f"/{MASTER}"),
        "may_try_again": kept is None or may_try_again(kept, now=timezone.now()),
        "is_fresh": is_fresh,
    }


def state_cell(video: Video, *, is_watched: bool = True) -> str:
    """The state in a row of the list; a watched one asks how it goes on."""
    kept = getattr(video, "transcode", None)
    return render_to_string(
        "wagtailadmin/media/transcode_cell.html",
        {"video": video, "transcode": kept, "is_watched": is_watched},
    )
