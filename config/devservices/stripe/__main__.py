"""``python -m config.devservices.stripe --port 8012 --state FILE``: run the stand-in."""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.standin import PortTakenError, StripeStandIn
from config.devservices.stripe.store import StateFileError


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        stand_in = StripeStandIn(options.state)
        if options.webhook:
            stand_in.add_webhook(options.webhook, options.secret)
        address = stand_in.start(options.port, options.host)
    except (PortTakenError, StateFileError, ApiError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The Stripe stand-in answers at {address}; Ctrl-C stops it.", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        stand_in.stop()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.stripe")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8012)
    parser.add_argument("--state", type=Path, help="remember everything in this file")
    parser.add_argument("--webhook", help="send events to this address")
    parser.add_argument("--secret", help="sign them with this secret (whsec_...)")
    options = parser.parse_args()
    if bool(options.webhook) != bool(options.secret):
        parser.error("--webhook and --secret go together")
    return options


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
