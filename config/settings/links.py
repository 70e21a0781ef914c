"""Whether other sites are asked if links to them still lead somewhere."""

from config.env import env

CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=True)
# Hosts with a port that are asked though they lie on this machine: for tests alone.
LINKS_ALLOWED_HERE: list[str] = []
# How long one address may take, all redirects included, and the pause before its host's next.
LINK_SECONDS = 20.0
LINK_PAUSE_SECONDS = 1.0
