"""What a page still lacks before it does its work well, as conditions for lists and figures."""

from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from cms.media.models import Caption
from cms.tutorials.models import TutorialPage
from cms.workouts.models import PageVideo, WorkoutPage
from fitness.training.models import Access

_ONLY_SPACE = r"^\s*$"

TEASER = ~Q(access=Access.FREE) & Q(teaser__regex=_ONLY_SPACE)
COVER = Q(cover_image=None)
ALT_TEXT = Q(cover_image__isnull=False, cover_image__description__regex=_ONLY_SPACE)


def lacks_teaser(access: str, teaser: str) -> bool:
    """Whether somebody would meet a locked page that says nothing."""
    return access != Access.FREE and not teaser.strip()


# The films of a page have so many seconds in all.
SECONDS = Subquery(
    PageVideo.objects.filter(page=OuterRef("pk"))
    .order_by()
    .values("page")
    .values(seconds=Sum("video__duration_seconds"))
)

_captions = Caption.objects.filter(video=OuterRef("video"))
SILENT_PLACES = PageVideo.objects.filter(~Exists(_captions), page=OuterRef("pk"))
CAPTIONS: dict[type, Q | Exists] = {
    WorkoutPage: Exists(SILENT_PLACES),
    TutorialPage: Q(video__isnull=False) & ~Q(Exists(_captions)),
}
SILENT_VIDEOS = ~Exists(Caption.objects.filter(video=OuterRef("pk")))
