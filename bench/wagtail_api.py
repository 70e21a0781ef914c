"""Wagtail's own API (v2) for workouts, as its documentation has one set it up."""

from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.workouts.models import WorkoutPage

# The columns that our own list has too; it also has sizes of the cover, rights and offers.
_FIELDS = ("introduction", "difficulty", "equipment", "access", "category", "trainer")
LIST = (
    f"/wagtail/pages/?type=workouts.WorkoutPage&limit=20&order=-first_published_at"
    f"&fields={','.join(_FIELDS)}"
)


class Pages(PagesAPIViewSet):  # type: ignore[misc]  # Wagtail is untyped here
    """Every page of the site."""

    authentication_classes = ()
    permission_classes = ()


WorkoutPage.api_fields = [APIField(name) for name in _FIELDS]
router = WagtailAPIRouter("wagtail")
router.register_endpoint("pages", Pages)
