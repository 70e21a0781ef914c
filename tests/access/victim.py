"""Somebody with one of everything, and a picture of all their rows."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from commerce.billing.services import apply_subscription
from fitness.accounts.models import SignIn, User
from fitness.accounts.sign_ins import start_sign_in
from fitness.body.models import Weight
from fitness.favorites.models import Favorite
from fitness.training.models import Workout, WorkoutLog
from fitness.training.services import save_progress
from tests import factories
from tests.commerce import goods

_DEPTH = 2


@dataclass(frozen=True)
class Victim:
    user: User
    ids: dict[str, dict[str, object]]

    def ids_at(self, path: str) -> dict[str, object]:
        """The victim's real ids for an address."""
        return next((ids for start, ids in self.ids.items() if path.startswith(start)), {})


def victim() -> Victim:
    now = timezone.now()
    user = factories.member(is_on_boards=True)
    own = Workout.objects.create(owner=user, title="Secret", published_at=now)
    library = factories.workout(videos=1)
    log = factories.session(user=user, at=now - dt.timedelta(hours=2), workout=library)
    save_progress(
        user_id=user.pk, workout=library, video=library.places.get().video,
        percent=40, position_seconds=30, watched_at=now, now=now,
    )  # fmt: skip
    bought = goods.subscription_state(
        user_id=user.pk, product=goods.monthly().product, external_id=f"sub_{user.pk}"
    )
    subscription = apply_subscription(bought)
    weighed = Weight.objects.create(
        user=user, client_id=uuid.uuid4(), weight_kg=70, occurred_at=now, time_zone="UTC",
        local_day=now.date(),
    )  # fmt: skip
    favorite = Favorite.objects.create(user=user, kind="workout", target=library.uid)
    start_sign_in(user=user, device="Theirs", address=None, now=now)
    connection = SocialAccount.objects.create(user=user, provider="google", uid=str(user.pk))
    return Victim(
        user,
        {
            "api/workouts/logs/": {"uid": WorkoutLog.objects.get(pk=log.pk).uid},
            "api/workouts/": {"uid": own.uid},
            "api/payments/subscriptions/": {"uid": subscription.uid},
            "api/users/weights/": {"uid": weighed.uid},
            "api/users/favorites/": {"uid": favorite.uid},
            "api/auth/social/": {"account_id": connection.pk},
            "api/auth/sessions/": {"uid": SignIn.objects.get(user=user).uid},
        },
    )


def rows_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every row that leads to the user, two steps far, as it is now."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model in apps.get_models():
        for path in _paths_to_user(model, _DEPTH):
            rows = model._default_manager.filter(**{path: user.pk})
            found[f"{model._meta.label} by {path}"] = list(rows.order_by("pk").values())
    found["user"] = [dict(row) for row in User.objects.filter(pk=user.pk).values()]
    return {name: rows for name, rows in found.items() if rows}


def _paths_to_user(model: type[Model], depth: int) -> list[str]:
    paths = []
    for field in model._meta.concrete_fields:
        kind = field.related_model
        if not field.is_relation or not isinstance(kind, type):
            continue
        if kind is User:
            paths.append(field.name)
        elif depth > 1 and kind is not model:
            paths += [f"{field.name}__{further}" for further in _paths_to_user(kind, depth - 1)]
    return paths
