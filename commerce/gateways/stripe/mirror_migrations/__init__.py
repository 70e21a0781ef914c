"""dj-stripe's own migrations, and one of ours that takes their place in a new database.

dj-stripe's three build its tables and take 519 columns out again, which is most of a minute
of processor time. ``0001_squashed_0003_2_11`` makes the same tables at once; a database that
has the three keeps them, and those of later versions follow as they come.
"""

from pathlib import Path

import djstripe.migrations

__path__ = [str(Path(__file__).parent), *djstripe.migrations.__path__]
