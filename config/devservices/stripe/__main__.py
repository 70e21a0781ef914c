"""``python -m config.devservices.stripe --port 8012 --state FILE``: run the stand-in."""

import argparse
import sys
from pathlib import Path

from config.devservices.stopping import end_on_signals, run_until_told
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.standin import PortTakenError, StripeStandIn
from config.devservices.stripe.store import StateFileError


def main() -> int:
    options = _options()
    end_on_signals()
    try:
        stand_in = StripeStandIn(options.state)
        if options.webhook:
            stand_in.add_webhook(options.webhook, options.secret)
        address = stand_in.start(options.port, options.host)
    except (PortTakenError, StateFileError, ApiError) as error:
        print(error, file=sys.stderr)
        return 1
    run_until_told(stand_in, saying=f"The Stripe stand-in answers at {address}; Ctrl-C stops it.")
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


if __name__ == "__main__":
    sys.exit(main())
