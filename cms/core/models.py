"""What all pages share: covers, search engines' view of them, and how they are served."""

import secrets
from typing import Any, ClassVar, override

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import Page, PageViewRestriction

from cms.core.caching import with_cache_headers
from cms.core.checks import ERROR, Finding, findings_in
from cms.core.forms import CheckedPageForm
from cms.core.pictures import BareFilter
from cms.core.previewing import PREVIEW_MODES, keep_private, pretend
from cms.core.restoring import without_what_is_gone
from cms.core.seo import seo_of
from cms.core.sitemaps import entry
from cms.core.structured import crumbs
from cms.core.testers import LeafTester
from fitness.accounts.models import User

# The column has 100 characters, and the folder takes some.
_LONGEST_NAME = 70


class CoverImage(AbstractImage):
    """A picture on the site. Nobody can add one without saying what it shows."""

    description = models.CharField(
        "alternative text",
        max_length=255,
        help_text="What the picture shows, for people who do not see it.",
    )
    drawn = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Its sizes, colour and focal point, and of which cut they are.",
    )

    whole = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="The same of the whole picture, as stories show it.",
    )

    admin_form_fields = Image.admin_form_fields

    @property
    def cut(self) -> str:
        """Changes with the file and with where to look in it: other sizes are needed then."""
        focal = (self.focal_point_x, self.focal_point_y)
        return f"{self.file.name} {focal} {self.focal_point_width}x{self.focal_point_height}"

    @property
    def is_drawn(self) -> bool:
        """Whether its sizes as a cover are there, as far as they can be made."""
        return bool(self.drawn) and self.drawn.get("of") == self.cut

    @property
    def is_drawn_whole(self) -> bool:
        """Whether its sizes for stories are there, as far as they can be made."""
        return bool(self.whole) and self.whole.get("of") == self.cut

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        from cms.core.drawing import draw_anew

        super().save(*args, **kwargs)
        draw_anew(self)

    @override
    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:
        return super().generate_rendition_file(BareFilter(filter.spec), source=source)


class CoverRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(CoverImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]

    def get_upload_to(self, filename: str) -> str:
        """Public for a picture that is cut to a frame, as covers are, and private otherwise.

        The name of a public one cannot be guessed from the picture's.
        """
        name = super().get_upload_to(filename).rpartition("/")[2]
        folder = f"images/{secrets.token_hex(8)}" if self.is_cover else "renditions"
        return f"{folder}/{name[-_LONGEST_NAME:]}"

    @property
    def is_cover(self) -> bool:
        """Whether the picture stands for a page in lists and elsewhere; stories show it whole."""
        return str(self.filter_spec).startswith("fill-")


class Withdrawn(models.Model):
    """A page that left the site, so that a phone that keeps a copy can let go of it.

    ``kind`` is its model (``articles.articlepage``) and ``uid`` its name in the API.
    """

    kind = models.CharField(max_length=80)
    uid = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "uid"], name="a_page_is_withdrawn_once"),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="withdrawn_since")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class BasePage(Page):
    """A page of the site, with what search engines and social networks are told about it."""

    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown where the page is shared. Left empty, its cover is.",
    )
    canonical_url = models.URLField(
        "canonical address",
        blank=True,
        help_text="Where this text was published first, if not here.",
    )

    noindex = models.BooleanField(
        "hide from search engines",
        default=False,
        help_text="Search engines are asked to leave the page out, and the sitemap does.",
    )

    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("noindex"),
            ],
            heading="For search engines",
        ),
        MultiFieldPanel(
            [FieldPanel("social_image"), FieldPanel("canonical_url")], heading="Where it is shared"
        ),
    ]

    # What is read along with the page when it is shown, and the pages above it once known.
    shown_with: ClassVar[tuple[str, ...]] = ()
    above: "list[Page] | None" = None

    # Whom editors can see the page as, and whether this very object is a preview.
    preview_modes = PREVIEW_MODES
    is_previewed = False

    # The level of the heading that the story follows on the page.
    body_stands_below: ClassVar[int] = 1
    base_form_class = CheckedPageForm

    # Who may open a page is its ``access``: Wagtail's own privacy is not on offer.
    private_page_options: ClassVar[list[str]] = []

    # The catalogue and the apps show titles and addresses of at most this length.
    longest_title: ClassVar[int] = 120

    class Meta:
        abstract = True

    @property
    def is_original(self) -> bool:
        """Whether it is neither an alias nor a translation of another page.

        Only originals are in the catalogue, in search and in the apps' lists: a translation has
        the same name there (``translation_key``).
        """
        return not self.alias_of_id and self.locale.language_code == settings.LANGUAGE_CODE

    def clean(self) -> None:
        super().clean()
        for field in ("title", "slug"):
            if len(getattr(self, field)) > self.longest_title:
                message = f"Use at most {self.longest_title} characters."
                raise ValidationError({field: message})

    def permissions_for_user(self, user: User) -> LeafTester:
        return LeafTester(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None: who may open a page is its ``access``; Wagtail's way would hide the teaser too."""
        none: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
        return none

    @classmethod
    def from_serializable_data(
        cls,
        data: dict[str, Any],
        check_fks: bool = True,  # noqa: FBT001, FBT002 - as Wagtail calls it
        strict_fks: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        return super().from_serializable_data(
            without_what_is_gone(cls, data), check_fks, strict_fks
        )

    @override
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        from cms.core.drawing import draw_pictures_of

        revision = super().save_revision(*args, **kwargs)
        draw_pictures_of(self)
        return revision

    def check_ready(self) -> None:
        """Raise ``ValidationError`` unless the page may stand before visitors."""
        self.full_clean()
        told: dict[str, list[str]] = {}
        for finding in self.findings():
            if finding.severity == ERROR:
                told.setdefault(finding.field, []).append(finding.message)
        if told:
            raise ValidationError(told)

    def findings(self) -> list[Finding]:
        """What an editor should look at before the page is published, errors first."""
        return findings_in(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "seo": seo_of(self),
            "trail": crumbs(self, request),
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return entry(self, super().get_sitemap_urls(request))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return with_cache_headers(request, super().serve(request, *args, **kwargs))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        self.is_previewed = True
        pretend(request, mode_name)
        return keep_private(super().serve_preview(request, mode_name))
