"""The staff's second step, looked at with axe: the page behind a link, and who hands one out."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from config.roles import ADMIN, EDITOR, give_role
from config.staff.links import handed_link
from fitness.accounts.models import User
from tests import factories
from tests.journeys.test_account import maya, sign_in, site
from tests.journeys.test_pages import check

__all__ = ["maya", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_an_admin_hands_out_a_link_on_pages_that_all_can_use(
    site: str, page: Page, maya: User, scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    give_role(maya, ADMIN)
    editor = factories.member()
    give_role(editor, EDITOR)
    sign_in(page, site, maya.email)

    page.goto(f"{site}/cms/second-factor-link/{editor.pk}/")
    check(page, "the admin's page")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_text("It is shown only now.")).to_be_visible()
    check(page, "the admin's page with the link")
    link = handed_link(user=maya, now=timezone.now())
    page.goto(f"{site}{urlsplit(link).path}")
    expect(page.get_by_role("heading", name="Go on here?")).to_be_visible()

    check(page, "the page behind the link")
