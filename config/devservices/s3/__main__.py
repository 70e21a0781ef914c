"""``python -m config.devservices.s3 --port 8014 --bucket fitcore``: run the stand-in."""

import argparse
import signal
import sys
from types import FrameType

from config.devservices.s3.standin import PortTakenError, S3StandIn, cors_for


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.s3")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8014)
    parser.add_argument("--bucket", default="fitcore")
    parser.add_argument("--site", default="http://localhost:8000", help="whose pages may use it")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    stand_in = S3StandIn()
    try:
        stand_in.start(options.port, options.host)
    except PortTakenError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        stand_in.make_bucket(options.bucket)
        stand_in.let_in(options.bucket, cors_for(options.site))
        print(f"The stand-in for S3 answers at {stand_in.base}; Ctrl-C ends. Tell the site:")
        for name, value in stand_in.environment(options.bucket).items():
            print(f"  {name}={value}", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        stand_in.stop()
    return 0


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
