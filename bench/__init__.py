"""What a request costs on the production setup: ``make bench``."""
