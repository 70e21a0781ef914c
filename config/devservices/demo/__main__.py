"""``python -m config.devservices.demo``; ``manage.py demo`` comes here as well."""

import sys

if sys.version_info < (3, 12):  # noqa: UP036 - said here, before anything newer is read
    sys.exit("FitCore needs Python 3.12 or newer; this is " + sys.version.split()[0] + ".")

from config.devservices.demo.run import main

main()
