"""What a member told about themselves, and which clock they live by."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from fitness.accounts.models.members import User
from fitness.core.models import TimestampedModel


def validate_time_zone(name: str) -> None:
    """Refuse what is no IANA zone, such as ``CET+1`` or ``Mars/Base``."""
    if name not in available_timezones():
        raise ValidationError("Use an IANA time zone such as Europe/Berlin.", code="time_zone")


class Units(models.TextChoices):
    METRIC = "metric", "Kilograms and kilometres"
    IMPERIAL = "imperial", "Pounds and miles"


def public_name(alias: str) -> str:
    """What other members see of somebody: the alias, and never name or address."""
    return alias or "A member"


class Profile(TimestampedModel):
    """A member's clock, public name and wishes. Made on first use; every member has one."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    name = models.CharField(max_length=80, blank=True)
    alias = models.CharField(
        max_length=40, blank=True, help_text="The name that others see on leaderboards."
    )
    birth_date = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    day_starts_at = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(6)],
        help_text="The hour (0 to 6) at which the member's day begins.",
    )
    units = models.CharField(max_length=16, choices=Units, default=Units.METRIC)
    language = models.CharField(max_length=16, default="en")
    is_on_boards = models.BooleanField(
        default=False, help_text="Shown on leaderboards under the alias. Off until asked for."
    )
    avatar = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What its public files' names share."
    )
    goal_minutes_a_day = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    goal_workouts_a_week = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(21)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goal_minutes_a_day__range=(1, 600)),
                name="a_day_has_room_for_the_goal",
            ),
            models.CheckConstraint(
                condition=Q(goal_workouts_a_week__range=(1, 21)),
                name="a_week_has_room_for_the_goal",
            ),
            models.CheckConstraint(
                condition=Q(day_starts_at__gte=0, day_starts_at__lte=6),
                name="day_starts_between_midnight_and_six",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of member {self.user_id}"

    @property
    def public_name(self) -> str:
        """What other members see."""
        return public_name(self.alias)


class ZoneChange(models.Model):
    """From ``at`` on, the member's days were cut by this zone and starting hour."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    day_starts_at = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "at"], name="one_zone_change_an_instant")
        ]

    def __str__(self) -> str:
        return f"{self.time_zone} from {self.at:%Y-%m-%d %H:%M}"
