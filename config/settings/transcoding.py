"""How uploaded films become something every player can stream."""

from config.env import env

# The ffmpeg to run. Empty: the one on the PATH, or else the one that came with imageio-ffmpeg.
FFMPEG = env.str("FFMPEG", default="")
# A film that takes longer is given up; the slow queue (Q_CLUSTER) must allow for more.
TRANSCODE_SECONDS = env.int("TRANSCODE_SECONDS", default=1700)
