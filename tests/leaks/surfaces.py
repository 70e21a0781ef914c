"""Every address at which somebody could ask for what is locked, from the URL resolver."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.access.routes import Route, routes
from tests.leaks.world import World

ADMINS = ("cms/", "django-admin/")
PAGES = ""

# Addresses with a part to fill in, and why there is nothing locked behind them.
NOTHING_THERE = {
    "api/auth/": "sign-ins and connections of one's own",
    "api/users/weights/": "one's own weights",
    "api/users/favorites/": "takes away, tells nothing",
    "api/payments/": "what one bought",
    "account/undo/": "a token from a mail",
    "password-reset/": "a token from a mail",
    "verify-email/": "a token from a mail",
    "settings/": "one's own account",
    "plans/": "what is for sale",
    "api/admin/": "for staff with a second factor: a member is refused before anything is read",
    "_util/": "no page has a restriction of Wagtail's",
}


def ids_at(path: str, world: World) -> dict[str, list[Any]] | None:
    """What stands for each part of an address; ``None`` for one that nobody thought of."""
    files = _private_names(world)
    nothing: dict[str, dict[str, list[Any]]] = {start: {} for start in NOTHING_THERE}
    known: dict[str, dict[str, list[Any]]] = nothing | {
        "api/workouts/": {"uid": world.uids},
        "api/content/": {"uid": world.uids},
        "api/exercises/": {"uid": world.uids},
        "watch/": {"video_uid": [world.film.uid, world.story_film.uid]},
        "train/": {
            "workout_uid": [world.pages["workout"].translation_key],
            "video_uid": [world.film.uid, world.story_film.uid],
        },
        "favorites/": {"kind": ["workout", "article"], "target": world.uids},
        "documents/": {"pk": [world.document.pk], "filename": [world.document.filename]},
        "media/private/": {"token": ["x", "9999999999.x"], "name": files},
        "media/": {"path": files},
    }
    matching = [start for start in known if path.startswith(start)]
    return known[max(matching, key=len)] if matching else None


def surfaces() -> list[Route]:
    """All of them but the admins, which are closed to everybody here."""
    return [route for route in routes() if not route.path.startswith(ADMINS)]


def has_parts(route: Route) -> bool:
    return "<" in route.path


def addresses(world: World) -> Iterator[tuple[Route, str]]:
    """Each surface at the addresses of what is locked, and what leads there."""
    for route in surfaces():
        if route.path == PAGES:
            for page in [*world.pages.values(), world.pages["workout"].get_parent()]:
                yield route, page.url
            for path in ("/", "/articles/", "/tutorials/", "/programmes/", "/no-such-page/"):
                yield route, path
            continue
        ids = ids_at(route.path, world) or {} if has_parts(route) else {}
        for values in product(*ids.values()):
            yield route, route.address(**dict(zip(ids, values, strict=True)))


def _private_names(world: World) -> list[str]:
    """The names of private files, as somebody would guess them."""
    # The folder of a cover is random: nobody comes to it from the name of the picture.
    sizes = [size.file.name for size in world.image.renditions.all() if not size.is_cover]
    names = [
        world.film.file.name, world.story_film.file.name, world.document.file.name,
        world.image.file.name, *sizes, f"undrawn/{world.image.pk}/800.jpeg",
        *(f"captions/{caption.uid}.vtt" for caption in world.film.captions.all()),
        f"transcripts/{world.film.uid}.txt", f"transcripts/{world.story_film.uid}.txt",
        *(
            f"hls/{world.film.uid}/0a1b2c/said/{caption.uid}.{kind}"
            for caption in world.film.captions.all() for kind in ("m3u8", "vtt")
        ),
    ]  # fmt: skip
    return [*names, *(f"images/{name.rsplit('/')[-1]}" for name in names)]
