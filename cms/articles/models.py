"""What editors write to be read."""

import datetime as dt
from typing import Any, ClassVar, override

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager

from cms.articles import cards
from cms.core import access, structured
from cms.core.gated import GatedPage
from cms.core.hearts import heart_of
from cms.core.index import ListPage
from cms.core.listing import ListedQuerySet
from cms.workouts.cards import newest_workouts
from commerce.entitlements.selectors import body_for
from fitness.favorites.models import Kind
from fitness.training.models import Category

_WORDS_A_MINUTE = 220
_RELATED = 3


class ArticleIndexPage(ListPage):
    """Everything there is to read, the newest first."""

    template = "pages/article_index.html"
    subpage_types: ClassVar[list[str]] = ["articles.ArticlePage"]

    def listed(self) -> ListedQuerySet:
        pages: ListedQuerySet = ArticlePage.objects.newest()
        return pages

    def card_of(self, page: Any) -> Any:
        return cards.article_card(page)


class ArticlePage(GatedPage):
    """An article. Its body may ask for a right, its introduction never does."""

    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Workouts of this category are offered below the article.",
    )
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = PageManager.from_queryset(ListedQuerySet)()

    template = "pages/article.html"
    parent_page_types: ClassVar[list[str]] = ["articles.ArticleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *GatedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        FieldPanel("category"),
        *GatedPage.gate_panels,
        FieldPanel("body"),
    ]

    @property
    def entitlement_key(self) -> str:
        """The right that opens this article alone."""
        return f"article:{self.translation_key}"

    @property
    def published_on(self) -> dt.date | None:
        return self.first_published_at.date() if self.first_published_at else None

    @override
    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        # A list shows the time of reading without reading the bodies.
        words = sum(
            len(text.split()) for text in self.body.stream_block.get_searchable_content(self.body)
        )
        self.reading_minutes = max(-(-words // _WORDS_A_MINUTE), 1)
        return super().save(clean=clean, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context(request, *args, **kwargs)
        decision = access.decision_for(self, request=request, now=timezone.now())
        blocks = body_for(self, decision)
        return {
            **shared,
            "about": [
                structured.article(self, seo=shared["seo"]),
                *structured.questions(blocks),
            ],
            "card": cards.article_card(self),
            "teaser": self.teaser,
            "decision": decision,
            "offers": access.offers_for(self, decision),
            "body": access.body_html(self, decision),
            "heart": heart_of(request.user.pk, kind=Kind.ARTICLE, target=self.translation_key),
            "related": newest_workouts(
                category_id=self.category_id, limit=_RELATED, user_id=request.user.pk
            ),
        }
