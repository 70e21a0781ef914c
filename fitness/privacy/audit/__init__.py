"""The audit trail: who changed whose account, rights or prices. ``docs/decisions/0015``."""
