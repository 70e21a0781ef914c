"""``python -m config.devservices.openai --port 8014``: run the stand-in."""

import argparse
import sys

from config.devservices.openai.standin import OpenAIStandIn, PortTakenError
from config.devservices.stopping import end_on_signals, run_until_told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.openai")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8014)
    options = parser.parse_args()
    end_on_signals()
    stand_in = OpenAIStandIn()
    try:
        address = stand_in.start(options.port, options.host)
        stand_in.think(1.5)  # as long as people see that it is at work
    except PortTakenError as error:
        print(error, file=sys.stderr)
        return 1
    run_until_told(stand_in, saying=f"The stand-in for OpenAI answers at {address}; Ctrl-C ends.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
