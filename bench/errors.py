class BenchError(Exception):
    """The bench cannot go on; the message says what happened."""
