"""``python -m config.devservices.identity --port 8013``: run the stand-in."""

import argparse
import signal
import sys
from types import FrameType

from config.devservices.identity.standin import IdentityStandIn, PortTakenError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.identity")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8013)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    stand_in = IdentityStandIn()
    try:
        address = stand_in.start(options.port, options.host)
    except PortTakenError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        print(f"The stand-ins for Google and Apple answer at {address}; Ctrl-C ends.", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        stand_in.stop()
    return 0


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
