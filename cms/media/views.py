"""Private files over HTTP, for whoever has an address that we signed."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core import whole
from cms.media.guarded import PICTURES
from cms.media.playlists import BrokenPlaylistError, signed_playlist
from cms.media.selectors import caption_named, transcript_named
from cms.media.sending import lies_here, send
from cms.media.storage import PLAYLIST, content_type_of, end_of
from cms.media.subtitles import captions_for, said_in, with_captions

# A redirect to a bucket is kept for less time than the address there lasts.
_KEPT_SECONDS = 60


@require_safe
def private_media(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A private file, or the part of it that the player asks for."""
    now = timezone.now()
    ends_at = end_of(name=name, token=token, now=now)
    if ends_at is None:
        return _kept(HttpResponseForbidden("This address has ended or was changed. Start again."))
    words = said_in(name) or caption_named(name) or transcript_named(name)
    if words is not None:
        return _kept(HttpResponse(words, content_type=content_type_of(name)))
    captions = captions_for(name)
    if captions:
        text = with_captions(_signed(name, ends_at=ends_at, now=now), captions)
        return _kept(HttpResponse(text, content_type=content_type_of(name)))
    name = _drawn(name)
    is_picture = name.partition("/")[0] in PICTURES
    if is_picture or lies_here():
        response = send(request, name)
    else:
        response = _playlist(name, ends_at=ends_at, now=now)
    return _kept(response, seconds=_KEPT_SECONDS if is_picture else 0)


def _drawn(name: str) -> str:
    """The file of a picture that is shown before the queue came to draw it."""
    if not name.startswith(f"{whole.UNDRAWN}/"):
        return name
    try:
        return whole.made(name)
    except FileNotFoundError:
        raise Http404 from None


def _kept(response: HttpResponseBase, *, seconds: int = 0) -> HttpResponseBase:
    """Pictures may stay in the browser for a while; films, and what was refused, nowhere."""
    response["Cache-Control"] = f"private, max-age={seconds}" if seconds else "private, no-store"
    return response


def _playlist(name: str, *, ends_at: dt.datetime, now: dt.datetime) -> HttpResponseBase:
    """In a bucket only playlists come through us; everything else is asked for there."""
    if not name.endswith(PLAYLIST):
        raise Http404
    text = _signed(name, ends_at=ends_at, now=now)
    return HttpResponse(text, content_type=content_type_of(name))


def _signed(name: str, *, ends_at: dt.datetime, now: dt.datetime) -> str:
    try:
        return signed_playlist(name, ends_at=ends_at, now=now)
    except (FileNotFoundError, BrokenPlaylistError):
        raise Http404 from None
