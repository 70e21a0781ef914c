"""Pages whose story is for everyone."""

from typing import Any, ClassVar

from cms.core.models import BasePage


class OpenPage(BasePage):
    """A page with a story in ``body`` that nothing locks.

    It answers what a gated page answers, so that stories are rendered, and their videos played,
    in one way.
    """

    access: ClassVar[str] = "free"
    entitlement_key: ClassVar[str] = ""

    body: Any

    class Meta:
        abstract = True

    @property
    def gated_body(self) -> list[Any]:
        """The blocks of the story."""
        return list(self.body)
