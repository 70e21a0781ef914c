"""Figures as people read them."""


def clock_text(seconds: int) -> str:
    """A length such as ``4:05`` or ``1:02:03``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def whole_minutes(seconds: int) -> int:
    """Minutes, begun ones counted; nothing is said to take no time."""
    return -(-seconds // 60)
