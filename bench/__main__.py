"""``make bench``: the hot endpoints on the production setup, against a floor of the same run."""

import secrets
import sys
from pathlib import Path

import django

from bench.errors import BenchError
from bench.options import options
from config.devservices.postgres import EmbeddedPostgres, PostgresError, database
from config.env import env

_NAME = "bench"


def main() -> int:
    chosen = options()
    root = Path(__file__).resolve().parents[1]
    var = Path(env.str("FITCORE_VAR", default=str(root / "var"))).resolve()
    postgres = EmbeddedPostgres(var, name=_NAME)
    try:
        postgres.start()
        _set_up(var)
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


def _set_up(var: Path) -> None:
    """Production's settings, in this process and in the web server that it starts."""
    from bench.addresses import database_url

    env.ENVIRON.update(
        {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "FITCORE_VAR": str(var),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url(database(var, name=_NAME), "postgres"),
            "SECURE_SSL_REDIRECT": "false",
            "LOG_LEVEL": "WARNING",
        }
    )
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
