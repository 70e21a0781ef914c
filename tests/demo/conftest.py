from tests.stripe import shop, stand_in

__all__ = ["shop", "stand_in"]
