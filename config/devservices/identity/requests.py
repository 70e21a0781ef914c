"""A request as the providers see it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """``path`` lies below the provider's own prefix; ``url`` is the whole, as it was asked for."""

    method: str
    path: str
    url: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
