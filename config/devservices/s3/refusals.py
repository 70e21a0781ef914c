"""How S3 says no."""


class RefusedError(Exception):
    """A request that S3 does not serve, with its word for the reason."""

    def __init__(self, code: str, *, status: int = 403) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
