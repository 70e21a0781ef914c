"""What the table of personal data says of a model, and the wording that members agree to."""

from dataclasses import dataclass, field
from typing import Any

from fitness.privacy.models import Kind


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows go, and with them every file that they name."""


@dataclass(frozen=True, slots=True)
class Clear:
    """The rows stay and no longer say whose they are; ``values`` are set beside."""

    values: dict[str, Any] = field(default_factory=dict)
    because: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The rows stay with a nameless account of nobody; those that do not match ``only`` go."""

    because: str
    only: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its own does it: it takes a ``Leaver``, and doing it twice is harmless."""

    path: str


@dataclass(frozen=True, slots=True)
class Along:
    """The rows go with those of another model, by cascade or by that model's function."""

    model: str


@dataclass(frozen=True, slots=True)
class Personal:
    """How the rows of a model belong to a member, and what becomes of them.

    ``member`` names the fields (paths) that lead to the member, ``leave_out`` what an export does
    not tell, ``also`` what it tells beside the row's own columns. ``not_exported`` says why none
    of it is in the export. ``first`` is a function as in ``Call``, run before, for what
    the fields do not tell; ``files`` one that takes the member's id and names more of their files.
    """

    model: str
    member: str
    erase: Delete | Clear | HandOver | Call | Along
    leave_out: str = ""
    also: str = ""
    not_exported: str = ""
    first: str = ""
    files: str = ""

    @property
    def paths(self) -> list[str]:
        return self.member.split()


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who is being erased, as far as it is still known."""

    user_id: int
    uid: str
    addresses: tuple[str, ...]
    closure_id: int


@dataclass(frozen=True, slots=True)
class Text:
    """What a member is asked to agree to. A new wording is a new version."""

    kind: Kind
    version: str
    title: str
    wording: str
    is_withdrawable: bool = True


TEXTS = {
    Kind.TERMS: Text(
        Kind.TERMS,
        "2026-11",
        "Terms of use",
        "I agree to FitCore's terms of use.",
        is_withdrawable=False,
    ),
    Kind.HEALTH: Text(
        Kind.HEALTH,
        "2026-11",
        "Use of my health data",
        "FitCore may store and use the health data I enter or connect, such as weight, heart rate"
        " and sleep, to show my progress and fit plans to me. Nobody else sees it. If I take this"
        " back, what was kept is deleted.",
    ),
    Kind.MARKETING: Text(
        Kind.MARKETING,
        "2026-11",
        "News and offers by e-mail",
        "FitCore may send me news, tips and offers by e-mail, at most once a week.",
    ),
}
