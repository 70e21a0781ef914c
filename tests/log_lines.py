"""What the log's own handler writes, as whoever reads the log gets it."""

import logging
from io import StringIO

import pytest


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Everything that is written from now on."""
    [handler] = (one for one in logging.getLogger().handlers if one.get_name() == "stderr")
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written
