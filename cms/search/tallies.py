"""What people look for, counted for editors, and nothing about who looked for it.

Words are kept from the fifth time on that a day hears them. What is rarer may be somebody's name,
and is a count under a digest in the cache that is gone the next day.
"""

import hashlib
import hmac
import time
from typing import Final

from django.conf import settings
from django.utils import timezone

from cms.search.models import Wanted
from cms.search.questions import Question
from fitness.core import counting

OFTEN: Final = 5
_A_DAY: Final = 86_400
_SHORTEST, _MOST_WORDS, _MOST_DIGITS = 3, 6, 4


def count(question: Question, *, found: int) -> None:
    """Count one search: one statement, and a second one every fifth time."""
    if not _may_be_kept(question):
        return
    day = timezone.now().date()
    said = f"{day}\n{question.folded}".encode()
    key = f"wanted:{hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()}"
    times = counting.claim({key: _A_DAY}, now=int(time.time()))[key].count
    if times % OFTEN == 0:
        Wanted.objects.bulk_create(
            [Wanted(day=day, words=question.folded, times=times, found=found)],
            update_conflicts=True,
            unique_fields=["day", "words"],
            update_fields=["times", "found"],
        )


def _may_be_kept(question: Question) -> bool:
    """No addresses, no numbers of telephones or orders, no sentences."""
    words = question.folded
    return (
        "@" not in question.typed
        and len(words) >= _SHORTEST
        and len(question.words) <= _MOST_WORDS
        and sum(letter.isdigit() for letter in words) <= _MOST_DIGITS
    )
