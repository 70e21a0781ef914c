"""The closed lists of words that apps and filters know."""

from django.db import models


class Difficulty(models.TextChoices):
    BEGINNER = "beginner", "Beginner"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"


class Equipment(models.TextChoices):
    """A closed list, so that apps can ship an icon for each."""

    NONE = "none", "No equipment"
    MAT = "mat", "Mat"
    DUMBBELLS = "dumbbells", "Dumbbells"
    KETTLEBELL = "kettlebell", "Kettlebell"
    BARBELL = "barbell", "Barbell"
    BAND = "band", "Resistance band"
    BENCH = "bench", "Bench"
    PULL_UP_BAR = "pull_up_bar", "Pull-up bar"
    JUMP_ROPE = "jump_rope", "Jump rope"
    BIKE = "bike", "Bike"


class Muscle(models.TextChoices):
    CHEST = "chest", "Chest"
    BACK = "back", "Back"
    SHOULDERS = "shoulders", "Shoulders"
    ARMS = "arms", "Arms"
    CORE = "core", "Core"
    GLUTES = "glutes", "Glutes"
    QUADRICEPS = "quadriceps", "Quadriceps"
    HAMSTRINGS = "hamstrings", "Hamstrings"
    CALVES = "calves", "Calves"
    FULL_BODY = "full_body", "Full body"


class Access(models.TextChoices):
    """What a visitor needs to open a thing."""

    FREE = "free", "Free for everyone"
    MEMBER = "member", "Free for members"
    PREMIUM = "premium", "Premium"
    PURCHASE = "purchase", "Premium, or bought alone"


class Measure(models.TextChoices):
    REPS = "reps", "Repetitions"
    SECONDS = "seconds", "Time"


class Trust(models.TextChoices):
    """Who measured a session. Points weigh it."""

    SELF = "self", "Told by the member"
    DEVICE = "device", "Measured by a device"
    VIDEO = "video", "Measured by the player"
