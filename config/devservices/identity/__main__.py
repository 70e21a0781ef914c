"""``python -m config.devservices.identity --port 8013``: run the stand-in."""

import argparse
import sys

from config.devservices.identity.standin import IdentityStandIn, PortTakenError
from config.devservices.stopping import end_on_signals, run_until_told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.identity")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8013)
    options = parser.parse_args()
    end_on_signals()
    stand_in = IdentityStandIn()
    try:
        address = stand_in.start(options.port, options.host)
    except PortTakenError as error:
        print(error, file=sys.stderr)
        return 1
    run_until_told(
        stand_in, saying=f"The stand-ins for Google and Apple answer at {address}; Ctrl-C ends."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
