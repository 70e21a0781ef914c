"""How uploaded films become something every player can stream."""

from config.env import env

# The ffmpeg to run. Empty: the one on the PATH, or else the one that came with imageio-ffmpeg.
FFMPEG = env.str("FFMPEG", default="")
# A film that takes longer to convert is given up; the queue of films allows for ten minutes more.
TRANSCODE_SECONDS = env.int("TRANSCODE_SECONDS", default=4 * 60 * 60)
