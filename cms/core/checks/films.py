"""Videos, for people who do not hear them."""

from collections.abc import Iterator

from cms.core.checks.drafts import Draft
from cms.core.checks.findings import Finding, error, warning


def captions(draft: Draft) -> Iterator[Finding]:
    """What is said in a video can be read. A film without sound needs no captions.

    Whether there is sound is known once the film has been looked at.
    """
    seen = set()
    for film in draft.films:
        key = film.video.pk
        if key in seen or key not in draft.silent_or_captioned:
            continue
        seen.add(key)
        has_sound = draft.silent_or_captioned[key]
        if has_sound:
            yield error(
                f"The video “{film.video.title}” has sound and no captions: add them on the"
                " video's page.",
                film.field,
                film.block,
            )
        elif has_sound is None:
            yield warning(
                f"The video “{film.video.title}” has no captions. If something is said in it, add"
                " them on the video's page.",
                film.field,
                film.block,
            )
