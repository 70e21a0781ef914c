"""What admin clients send."""

from typing import Any

from rest_framework import serializers

from cms.core.listing import is_original
from cms.core.models import CoverImage
from cms.trainers.models import TrainerPage
from fitness.training.models import Access, Category, Difficulty, Equipment, Exercise, Video

_MOST = 32_767


class PlacedVideoIn(serializers.Serializer[Any]):
    """A video of the workout; a free one is a sample for everyone."""

    video = serializers.SlugRelatedField(slug_field="uid", queryset=Video.objects.all())
    is_free = serializers.BooleanField(default=False)


class PlacedExerciseIn(serializers.Serializer[Any]):
    """An exercise of the workout, asked for in ``reps`` or ``duration_s`` a set."""

    exercise = serializers.SlugRelatedField(slug_field="uid", queryset=Exercise.objects.all())
    sets = serializers.IntegerField(min_value=1, max_value=100, default=3)
    reps = serializers.IntegerField(min_value=1, max_value=_MOST, default=None, allow_null=True)
    duration_s = serializers.IntegerField(
        source="seconds", min_value=1, max_value=_MOST, default=None, allow_null=True
    )
    rest_s = serializers.IntegerField(
        source="rest_seconds", min_value=0, max_value=_MOST, default=30
    )


class WorkoutPageIn(serializers.Serializer[Any]):
    """A workout as the editor's form has it. A draft may lack what publishing asks for."""

    title = serializers.CharField(max_length=120)
    slug = serializers.SlugField(max_length=120, required=False)
    introduction = serializers.CharField(max_length=400, allow_blank=True, default="")
    access = serializers.ChoiceField(Access.choices, default=Access.FREE)
    teaser = serializers.CharField(max_length=600, allow_blank=True, default="")
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), allow_null=True, default=None
    )
    difficulty = serializers.ChoiceField(Difficulty.choices, default=Difficulty.BEGINNER)
    equipment = serializers.ListField(
        child=serializers.ChoiceField(Equipment.choices), default=list, max_length=20
    )
    trainer = serializers.SlugRelatedField(
        slug_field="translation_key",
        queryset=TrainerPage.objects.filter(is_original()),
        allow_null=True,
        default=None,
        help_text="The id that workouts name their trainer by.",
    )
    cover_image = serializers.PrimaryKeyRelatedField(
        queryset=CoverImage.objects.all(),
        allow_null=True,
        default=None,
        help_text="The number of a picture in the editors' admin.",
    )
    is_featured = serializers.BooleanField(default=False)
    seo_title = serializers.CharField(max_length=255, allow_blank=True, default="")
    search_description = serializers.CharField(max_length=500, allow_blank=True, default="")
    noindex = serializers.BooleanField(default=False)
    social_image = serializers.PrimaryKeyRelatedField(
        queryset=CoverImage.objects.all(),
        allow_null=True,
        default=None,
        help_text="Shown where the page is shared; without one, its cover is.",
    )
    canonical_url = serializers.URLField(
        max_length=200,
        allow_blank=True,
        default="",
        help_text="Where this text was published first, if not here.",
    )
    videos = serializers.ListField(child=PlacedVideoIn(), default=list, max_length=100)
    exercises = serializers.ListField(child=PlacedExerciseIn(), default=list, max_length=100)
    body = serializers.ListField(
        child=serializers.JSONField(),
        default=list,
        max_length=500,
        help_text="Blocks, each with `type` and `value`, as they are read here.",
    )
    publish = serializers.BooleanField(
        default=False, help_text="Publish it at once; otherwise it is kept as a draft."
    )


class VideoWordsIn(serializers.Serializer[Any]):
    """What is told about a video beside its film."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(allow_blank=True, default="")
    chapters = serializers.CharField(
        allow_blank=True, default="", help_text="One a line: where it starts, and its title."
    )
    transcript = serializers.CharField(allow_blank=True, default="")


class VideoIn(VideoWordsIn):
    """A new video: a ``file`` (multipart), or the token of an ``upload`` that is finished."""

    file = serializers.FileField(required=False)
    upload = serializers.CharField(required=False, max_length=2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("upload" in attrs):
            raise serializers.ValidationError(
                {"upload": "Send a file or the token of an upload, and not both."}
            )
        return attrs


class CaptionIn(serializers.Serializer[Any]):
    """Captions in one language, as WebVTT or SubRip."""

    language = serializers.CharField(max_length=12)
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]  # the field's name
    text = serializers.CharField(max_length=1_000_000)


class VideoChanges(VideoWordsIn):
    """A video said anew; its film is replaced when an ``upload`` is named."""

    upload = serializers.CharField(required=False, max_length=2000)
    captions = serializers.ListField(child=CaptionIn(), required=False, max_length=30)


class UploadIn(serializers.Serializer[Any]):
    """A file about to be sent in parts; ``head`` is its first 12 bytes or more, in base64."""

    name = serializers.CharField(max_length=255)
    size = serializers.IntegerField(min_value=0)
    head = serializers.CharField(max_length=64, allow_blank=True)
