"""The two pages that list the library; the workouts themselves are in the catalogue alone."""

from wagtail.models import Page, Site

from cms.home.models import HomePage
from cms.workouts.models import WorkoutIndexPage


def add_pages() -> None:
    home = HomePage(title="FitCore", slug="fitcore", hero_title="Train today.")
    Page.objects.get(depth=1).add_child(instance=home)
    home.add_child(instance=WorkoutIndexPage(title="Workouts", slug="workouts"))
    Site.objects.update(root_page=home)
