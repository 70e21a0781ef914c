"""``make bench``: the hot endpoints on the production setup, against a floor of the same run."""

import sys
from pathlib import Path

import django

from bench.environment import production_environment
from bench.errors import BenchError
from bench.options import options
from config.devservices.postgres import EmbeddedPostgres, PostgresError
from config.env import env

_NAME = "bench"


def main() -> int:
    chosen = options()
    root = Path(__file__).resolve().parents[1]
    var = Path(env.str("FITCORE_VAR", default=str(root / "var"))).resolve()
    postgres = EmbeddedPostgres(var, name=_NAME)
    try:
        postgres.start()
        (var / "static").mkdir(exist_ok=True)  # nothing is served from it, but it is looked at
        env.ENVIRON.update(production_environment(var, name=_NAME))
        django.setup()
        from bench.run import run  # needs the settings

        is_met = run(chosen, postgres)
    except (BenchError, PostgresError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        postgres.stop()
    return 1 if chosen.is_strict and not is_met else 0


if __name__ == "__main__":
    sys.exit(main())
