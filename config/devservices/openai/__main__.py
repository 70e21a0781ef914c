"""``python -m config.devservices.openai --port 8014``: run the stand-in."""

import argparse
import signal
import sys
from types import FrameType

from config.devservices.openai.standin import OpenAIStandIn, PortTakenError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.openai")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8014)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    stand_in = OpenAIStandIn()
    try:
        address = stand_in.start(options.port, options.host)
        stand_in.think(1.5)  # as long as people see that it is at work
    except PortTakenError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        print(f"The stand-in for OpenAI answers at {address}; Ctrl-C ends.", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        stand_in.stop()
    return 0


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
