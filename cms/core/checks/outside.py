"""Links to other sites that lead nowhere any more, as far as the queue has found."""

from collections.abc import Iterator

from django.template.defaultfilters import date

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, warning
from cms.links.models import Link


def broken(draft: Draft) -> Iterator[Finding]:
    """A warning: it may be the other site's bad day, and no page waits for that."""
    named = draft.addressed
    if not named:
        return
    addresses = {address for _, address, _ in named}
    known = Link.objects.broken().filter(address__in=addresses).in_bulk(field_name="address")
    for block, address, words in named:
        link = known.get(address)
        if link and link.asked_at:
            told = f"“{words}” ({link.host})" if words else link.host
            message = f"The link {told} {link.trouble} on {date(link.asked_at, 'j M')}."
            yield warning(message, "body", block)
