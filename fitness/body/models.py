"""What plans need to know of a member's body, and how its weight went. Told, never guessed."""

import uuid
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fitness.core.models import TimestampedModel

# Beyond these no living person was measured: a slip of the finger, or a joke.
LIGHTEST_KG, HEAVIEST_KG = Decimal(20), Decimal(500)
SHORTEST_CM, TALLEST_CM = Decimal(50), Decimal(272)


class Sex(models.TextChoices):
    """What formulas of energy ask for; who does not say is asked when one is needed."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"

    __empty__ = "Rather not say"


class Activity(models.TextChoices):
    """How a member's days are beside training."""

    SEDENTARY = "sedentary", "Mostly sitting"
    LIGHT = "light", "Some walking"
    MODERATE = "moderate", "On my feet, or 3 to 5 workouts a week"
    HIGH = "high", "Hard training on most days"
    EXTREME = "extreme", "Physical work and hard training"

    __empty__ = "Rather not say"


class Diet(models.TextChoices):
    EVERYTHING = "everything", "Everything"
    PESCATARIAN = "pescatarian", "Fish, no meat"
    VEGETARIAN = "vegetarian", "Vegetarian"
    VEGAN = "vegan", "Vegan"


class Allergen(models.TextChoices):
    """The fourteen that food in the EU is labelled with (Regulation 1169/2011, annex II)."""

    GLUTEN = "gluten", "Gluten"
    CRUSTACEANS = "crustaceans", "Crustaceans"
    EGGS = "eggs", "Eggs"
    FISH = "fish", "Fish"
    PEANUTS = "peanuts", "Peanuts"
    SOY = "soy", "Soy"
    MILK = "milk", "Milk"
    NUTS = "nuts", "Nuts"
    CELERY = "celery", "Celery"
    MUSTARD = "mustard", "Mustard"
    SESAME = "sesame", "Sesame"
    SULPHITES = "sulphites", "Sulphites"
    LUPIN = "lupin", "Lupin"
    MOLLUSCS = "molluscs", "Molluscs"


class Goal(models.TextChoices):
    """What a member trains for."""

    LOSE_WEIGHT = "lose_weight", "Lose weight"
    KEEP_WEIGHT = "keep_weight", "Keep my weight"
    BUILD_MUSCLE = "build_muscle", "Build muscle"
    GET_FITTER = "get_fitter", "Get fitter"

    __empty__ = "No goal yet"


class Body(TimestampedModel):
    """What a member told of their body and aims. Without a row nothing was told."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    sex = models.CharField(max_length=8, choices=Sex, blank=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    activity_level = models.CharField(max_length=16, choices=Activity, blank=True)
    diet = models.CharField(max_length=16, choices=Diet, default=Diet.EVERYTHING)
    allergens = ArrayField(
        models.CharField(max_length=16, choices=Allergen), default=list, blank=True
    )
    goal = models.CharField(max_length=16, choices=Goal, blank=True)
    target_weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(height_cm=None) | Q(height_cm__range=(SHORTEST_CM, TALLEST_CM)),
                name="a_member_is_as_tall_as_people_are",
            ),
            models.CheckConstraint(
                condition=Q(target_weight_kg=None)
                | Q(target_weight_kg__range=(LIGHTEST_KG, HEAVIEST_KG)),
                name="a_target_is_a_weight_of_people",
            ),
        ]

    def __str__(self) -> str:
        return f"Body of member {self.user_id}"


class WeightQuerySet(models.QuerySet["Weight"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user=user_id)

    def newest(self) -> Self:
        """The latest weighing first: it is the member's weight."""
        return self.order_by("-occurred_at", "-id")


class Weight(TimestampedModel):
    """A member stepped on the scales. Several times a day is fine; the latest is the day's."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(help_text="Made on the phone: the same id is the same weighing.")
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2)
    occurred_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    local_day = models.DateField(help_text="The member's day it fell on; never changes.")

    objects = WeightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_id"], name="a_weighing_is_kept_once"),
            models.CheckConstraint(
                condition=Q(weight_kg__range=(LIGHTEST_KG, HEAVIEST_KG)),
                name="a_member_weighs_what_people_do",
            ),
        ]
        indexes = [
            models.Index("user", F("occurred_at").desc(), F("id").desc(), name="newest_weights"),
            models.Index("user", "local_day", name="weights_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.weight_kg} kg on {self.local_day}"
