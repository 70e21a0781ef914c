"""Keeping things close, and letting go of them."""

import uuid

from django.db import transaction

from fitness.accounts.services import hold_profile
from fitness.core.errors import DomainError
from fitness.favorites.models import Favorite
from fitness.favorites.selectors import NoSuchFavoriteError

MOST_FAVORITES = 1000


class TooManyFavoritesError(DomainError):
    code = "too_many_favorites"


@transaction.atomic
def keep(*, user_id: int, kind: str, target: uuid.UUID) -> tuple[Favorite, bool]:
    """Make a thing a favourite, and say whether it is news; doing it twice changes nothing.

    Raises ``TooManyFavoritesError``. Members take turns with themselves, so that no race
    goes past the limit.
    """
    hold_profile(user_id=user_id)
    own = Favorite.objects.filter(user=user_id)
    kept = own.filter(kind=kind, target=target).first()
    if kept is not None:
        return kept, False
    if own.count() >= MOST_FAVORITES:
        raise TooManyFavoritesError(
            f"You keep {MOST_FAVORITES} favourites, which is all there is room for. Let one go."
        )
    return Favorite.objects.create(user_id=user_id, kind=kind, target=target), True


def let_go(*, user_id: int, uid: uuid.UUID) -> None:
    """It is no favourite any more. Raises ``NoSuchFavoriteError``."""
    deleted, _ = Favorite.objects.filter(user=user_id, uid=uid).delete()
    if not deleted:
        raise NoSuchFavoriteError("There is no such favourite.")


def let_go_of(*, user_id: int, kind: str, target: uuid.UUID) -> None:
    """The thing is no favourite, whether it was one or not."""
    Favorite.objects.filter(user=user_id, kind=kind, target=target).delete()
