"""``manage.py transcode_videos``: queue every video that nobody has made streams of."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.media.transcoding.services import ask_for_transcode
from fitness.training.models import Video


class Command(BaseCommand):
    help = "Queue every video that was there before streams were. Doing it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        videos = Video.objects.filter(transcode=None)
        for video in videos:
            ask_for_transcode(video=video, now=timezone.now())
        self.stdout.write(f"Queued {len(videos)} videos.")
