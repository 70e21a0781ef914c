"""The only reader of the environment.

Every setting that differs between machines is read here, so that a missing one is
reported the same way everywhere: one line that names the variable, and no start.
"""

import environ

env = environ.Env()


class MissingSettingError(SystemExit):
    """The process cannot start; the message names the variable to set and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"FitCore cannot start: set {name} ({why}).")


def required(name: str, why: str) -> str:
    """The value of ``name``, or the end of the process with one clear line."""
    value: str = env.str(name, default="").strip()
    if not value:
        raise MissingSettingError(name, why)
    return value
