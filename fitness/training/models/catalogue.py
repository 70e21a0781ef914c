"""What can be trained: shelves, exercises, videos, and the workouts made of them."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.files.storage import Storage, storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q

from fitness.core.models import TimestampedModel
from fitness.training.models.vocabulary import Access, Difficulty, Equipment, Measure, Muscle


class Category(models.Model):
    """A shelf of the library, such as Strength or Mobility."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    hue = models.PositiveSmallIntegerField(
        default=140, help_text="The colour of its covers, as a hue from 0 to 360 (oklch)."
    )
    position = models.PositiveSmallIntegerField(default=0)
    workout_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Published workouts; kept by publishing."
    )

    class Meta:
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Exercise(TimestampedModel):
    """One movement: how it is done, with what, and what it trains."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=200, blank=True)
    instructions = models.TextField(help_text="One step a line.")
    difficulty = models.CharField(max_length=16, choices=Difficulty, default=Difficulty.BEGINNER)
    equipment = ArrayField(
        models.CharField(max_length=16, choices=Equipment), default=list, blank=True
    )
    muscles = ArrayField(models.CharField(max_length=16, choices=Muscle), default=list, blank=True)
    measure = models.CharField(max_length=8, choices=Measure, default=Measure.REPS)

    class Meta:
        indexes = [GinIndex(fields=["muscles"], name="exercise_muscles")]

    def __str__(self) -> str:
        return self.name

    @property
    def steps(self) -> list[str]:
        """The instructions, one string a step."""
        return [line.strip() for line in self.instructions.splitlines() if line.strip()]


def private_storage() -> Storage:
    """Where videos lie: an address from it is always signed and expires."""
    return storages["private"]


class Video(TimestampedModel):
    """A video file with the facts that were read from it. Its address is never public."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who brought it in; a trainer may change it then.",
    )
    file = models.FileField(
        upload_to="videos/%Y/%m/",
        storage=private_storage,
        max_length=255,
        validators=[FileExtensionValidator(["mp4", "m4v", "mov", "webm", "mkv"])],
    )
    poster = models.ImageField(upload_to="posters/%Y/%m/", blank=True, max_length=255)
    duration_seconds = models.PositiveIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    size_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    hls = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="The master playlist in the private storage; empty until it can be streamed.",
    )

    def __str__(self) -> str:
        return self.title


class WorkoutQuerySet(models.QuerySet["Workout"]):
    def published(self) -> Self:
        """The editorial library as visitors see it."""
        return self.filter(owner=None, is_published=True)

    def visible_to(self, user_id: int | None) -> Self:
        """The published library and, for a member, the workouts of their own."""
        library = Q(owner=None, is_published=True)
        return self.filter(library | Q(owner=user_id) if user_id else library)


class Workout(TimestampedModel):
    """What a member trains. ``uid`` is its name in the API and in rights (``workout:<uid>``)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, blank=True)
    path = models.CharField(max_length=255, blank=True, help_text="Its page on the site.")
    introduction = models.TextField(blank=True, help_text="Free to read, whatever the tier.")
    teaser = models.TextField(blank=True, help_text="What a reader without the right is told.")
    gated_body = models.JSONField(
        default=list, blank=True, help_text="Blocks, read through entitlements.body_for() only."
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    difficulty = models.CharField(max_length=16, choices=Difficulty, default=Difficulty.BEGINNER)
    equipment = ArrayField(
        models.CharField(max_length=16, choices=Equipment), default=list, blank=True
    )
    muscles = ArrayField(models.CharField(max_length=16, choices=Muscle), default=list, blank=True)
    access = models.CharField(max_length=16, choices=Access, default=Access.FREE)
    duration_seconds = models.PositiveIntegerField(default=0)
    cover = models.JSONField(
        default=dict,
        blank=True,
        help_text="Public files of the cover in its sizes and formats, its colour and focal point.",
    )
    cover_alt = models.CharField(max_length=255, blank=True)
    trainer_uid = models.UUIDField(null=True, blank=True, help_text="Who made it, if known.")
    trainer_name = models.CharField(max_length=120, blank=True)
    trainer_role = models.CharField(max_length=80, blank=True)
    is_featured = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="When it first stood in a list: an own one when made."
    )

    objects = WorkoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(is_published=False),
                name="own_workouts_are_never_in_the_library",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | Q(owner=None, is_published=False),
                name="what_stands_in_a_list_has_a_date",
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="library_newest_first",
                condition=Q(owner=None, is_published=True),
            ),
            models.Index(
                "category",
                F("published_at").desc(),
                name="library_by_category",
                condition=Q(owner=None, is_published=True),
            ),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="featured_newest_first",
                condition=Q(owner=None, is_published=True, is_featured=True),
            ),
            models.Index(
                "trainer_uid",
                F("published_at").desc(),
                name="library_by_trainer",
                condition=Q(owner=None, is_published=True, trainer_uid__isnull=False),
            ),
            GinIndex(fields=["equipment"], name="workout_equipment"),
            GinIndex(fields=["muscles"], name="workout_muscles"),
            models.Index("owner", F("id").desc(), name="own_workouts", condition=~Q(owner=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.uid)


def workout_key(uid: uuid.UUID) -> str:
    """The right that opens one workout, in the catalogue and on its page alike."""
    return f"workout:{uid}"


class WorkoutVideo(models.Model):
    """A video's place in a workout. A free one is a sample that anyone may watch."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="places")
    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()
    is_free = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workout", "position"], name="one_video_a_place_in_a_workout"
            ),
            models.UniqueConstraint(
                fields=["workout", "video"], name="a_video_stands_once_in_a_workout"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.video_id}"


class WorkoutExercise(models.Model):
    """An exercise's place in a workout, with what is asked of the member."""

    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="exercises")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    sets = models.PositiveSmallIntegerField(default=3)
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workout", "position"], name="one_exercise_a_place_in_a_workout"
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) ^ Q(seconds__isnull=False),
                name="an_exercise_is_asked_in_reps_or_seconds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.exercise_id}"
