"""What can be found, and the words that it is found by."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from wagtail.models import Page

from cms.search.folding import LONGEST_WORD
from fitness.training.models import Access, Category, Difficulty, Exercise


class Kind(models.TextChoices):
    """What a thing is; its plural is how lists name it."""

    WORKOUT = "workout", "Workouts"
    EXERCISE = "exercise", "Exercises"
    ARTICLE = "article", "Articles"
    TUTORIAL = "tutorial", "Tutorials"
    PROGRAMME = "programme", "Programmes"
    TRAINER = "trainer", "Coaches"


def _in(*languages: str, column: str, weight: str) -> Any:
    first, *others = (SearchVector(column, config=name, weight=weight) for name in languages)
    vector: Any = first
    for other in others:
        vector = vector + other
    return vector


# As written for prefixes and names, and by both languages' stems for plurals and endings.
_HEAD = (
    _in("simple", "english", "german", column="title_words", weight="A")
    + _in("english", "german", column="summary_words", weight="B")
    + _in("simple", "english", column="fact_words", weight="C")
)
_VECTOR = (
    _in("simple", "english", "german", column="title_words", weight="A")
    + _in("simple", "english", "german", column="summary_words", weight="B")
    + _in("simple", "english", "german", column="fact_words", weight="C")
    + _in("simple", "english", "german", column="text_words", weight="D")
)


class Document(models.Model):
    """A thing that visitors can find, with all that a card shows of it.

    It holds what everyone may read and nothing else: a word that only a locked body has finds
    nothing, moves nothing up and stands in no snippet.
    """

    kind = models.CharField(max_length=16, choices=Kind)
    uid = models.UUIDField(default=uuid.uuid4)
    page = models.OneToOneField(Page, null=True, on_delete=models.CASCADE, related_name="+")
    exercise = models.OneToOneField(Exercise, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=255, blank=True)
    introduction = models.TextField(blank=True)
    teaser = models.TextField(blank=True)
    text = models.TextField(blank=True, help_text="The story of what is open to everyone.")
    note = models.CharField(max_length=80, blank=True, help_text="A coach's role, for one.")
    cover = models.JSONField(default=dict)
    cover_alt = models.CharField(max_length=255, blank=True)

    language = models.CharField(max_length=20, default="en")
    access = models.CharField(max_length=16, choices=Access, default=Access.FREE)
    category = models.ForeignKey(Category, null=True, on_delete=models.SET_NULL, related_name="+")
    difficulty = models.CharField(max_length=16, choices=Difficulty, blank=True)
    equipment = ArrayField(models.CharField(max_length=16), default=list)
    muscles = ArrayField(models.CharField(max_length=16), default=list)
    trainer = models.UUIDField(null=True, help_text="The uid of the coach who made it.")
    trainer_name = models.CharField(max_length=120, blank=True)
    trainer_role = models.CharField(max_length=80, blank=True)
    duration_seconds = models.PositiveIntegerField(default=0)
    popularity = models.PositiveIntegerField(default=0, help_text="Sessions of the last months.")
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    title_words = models.TextField()
    summary_words = models.TextField(blank=True)
    fact_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)
    # All words find it; those of its head, which is small enough to lie in the row, rank it.
    vector = models.GeneratedField(
        expression=_VECTOR, output_field=SearchVectorField(), db_persist=True
    )
    head = models.GeneratedField(
        expression=_HEAD, output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None) ^ Q(exercise=None),
                name="what_is_found_is_a_page_or_an_exercise",
            )
        ]
        indexes = [
            # Written at once: a list of pending entries would make some searches slow.
            GinIndex(fields=["vector"], name="found_by_words", fastupdate=False),
            # Not the kind first: a search in one kind would read all of it instead of its words.
            models.Index(fields=["uid", "kind"], name="found_by_uid_and_kind"),
            models.Index(fields=["trainer"], name="found_by_trainer", condition=~Q(trainer=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def entitlement_key(self) -> str:
        """The right that opens this thing alone."""
        return f"{self.kind}:{self.uid}"


class Word(models.Model):
    """A word of what can be found: what a mistyped one may have meant."""

    text = models.CharField(max_length=LONGEST_WORD, primary_key=True)

    class Meta:
        indexes = [
            GistIndex(fields=["text"], name="words_alike", opclasses=["gist_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.text


class Wanted(models.Model):
    """How often words were looked for on a day, and how many things they found the last time."""

    day = models.DateField()
    words = models.CharField(max_length=400)
    times = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        verbose_name = "search"
        verbose_name_plural = "searches"
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="words_are_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return self.words
