"""What can be found: ten documents for each workout, with words as unevenly spread as people's."""

import datetime as dt
import random
from collections.abc import Sequence
from itertools import accumulate

from wagtail.models import Page

from bench.data.chance import at, drawn_uuid
from bench.data.library import cover_drawn
from bench.data.tree import add_below
from cms.search.folding import indexed
from cms.search.indexing import learn_words
from cms.search.models import Document, Kind
from fitness.training.models import Access, Category, Difficulty, Equipment, Muscle

DOCUMENTS_A_WORKOUT = 10
_COMMON = """
    workout strength mobility kettlebell squat press deadlift yoga flow core plank morning evening
    beginner express power burn stretch shoulder hip back knee balance breath run interval tempo
    recovery sleep protein warm cool ladder circuit dumbbell band barbell rowing cycling jump rope
    Übung Rücken Kraft Dehnung Ausdauer Bauch Beine Schulter Liegestütze Kniebeuge
"""
_SYLLABLES = "ba be bo da de di fa fo ga go ka ke la lo ma mi na ne pa po ra ri sa so ta ti"
_RARE, _FIRST = 6_000, 30
_TIERS = [Access.FREE] * 5 + [Access.MEMBER] * 2 + [Access.PREMIUM] * 3


def add_documents(*, count: int, today: dt.date, chance: random.Random) -> None:
    """Documents as publishing leaves them; ``workout`` is a word of all workouts among them."""
    rare = ["".join(chance.choices(_SYLLABLES.split(), k=4)) for _ in range(_RARE)]
    words = [*_COMMON.split(), *rare]
    # As Zipf has it, but for the words that mean nothing: the first stands in half of all texts.
    weights = list(accumulate(1 / (_FIRST + place) for place in range(len(words))))
    shelves = list(Category.objects.order_by("position"))
    pages = _add_pages(count)
    documents = [
        _document(number, page, words, weights, shelves, today=today, chance=chance)
        for number, page in enumerate(pages)
    ]
    Document.objects.bulk_create(documents, batch_size=500)
    learn_words(_words_of(documents))


def _words_of(documents: Sequence[Document]) -> set[str]:
    columns = ("title_words", "summary_words", "text_words")
    return {
        word
        for document in documents
        for name in columns
        for word in getattr(document, name).split()
    }


def _add_pages(count: int) -> Sequence[Page]:
    """Rows of pages that nobody opens: a document stands for a page."""
    made = [Page(title=f"Page {number}", slug=f"page-{number}") for number in range(count)]
    return add_below(Page.objects.get(slug="workouts"), made)


def _document(
    number: int,
    page: Page,
    words: Sequence[str],
    weights: Sequence[float],
    shelves: Sequence[Category],
    *,
    today: dt.date,
    chance: random.Random,
) -> Document:
    def said(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    kind = Kind.WORKOUT if number % 2 else chance.choice(Kind.values)
    access = chance.choice(_TIERS)
    title, introduction, teaser = said(4).capitalize(), said(25), said(20)
    text = said(180) if access == Access.FREE else ""
    equipment = [chance.choice(Equipment.values)]
    muscles = sorted(chance.sample(Muscle.values, 3))
    difficulty = chance.choice(Difficulty.values)
    return Document(
        kind=kind,
        uid=drawn_uuid(chance),
        page=page,
        title=title,
        path=f"/workouts/page-{number}/",
        introduction=introduction,
        teaser=teaser,
        text=text,
        cover=cover_drawn(number),
        cover_alt="Somebody who trains in a bright room",
        access=access,
        category=shelves[number % len(shelves)],
        difficulty=difficulty,
        equipment=equipment,
        muscles=muscles,
        duration_seconds=300 * chance.randint(1, 12),
        popularity=chance.randint(0, 40),
        published_at=at(today, -number * 9),
        updated_at=at(today, -number * 9),
        title_words=indexed(title),
        summary_words=indexed(f"{introduction} {teaser}"),
        fact_words=indexed(" ".join([kind, difficulty, *equipment, *muscles])),
        text_words=indexed(text),
    )
