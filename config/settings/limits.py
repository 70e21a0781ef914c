"""How often things may be tried, where that is counted, and which passwords are accepted."""

from typing import Any

from config.env import env

# Proxies in front of us that each add the address they were called from to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# What all processes share: a table of PostgreSQL, or Redis when one is named.
_REDIS = env.str("CACHE_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _REDIS}
        if _REDIS
        else {"BACKEND": "config.cache.backend.PostgresCache"}
    ),
    # What a process keeps for itself: the queue's pulse, where Wagtail's sites begin, and
    # pictures of which there is a row.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
    },
}

_MINUTE, _HOUR = 60, 3600
# How often, in how many seconds: by address, by account, or by one account from one address.
LIMITS: dict[str, dict[str, tuple[int, int]]] = {
    # Wrong passwords, through whichever door.
    "sign_in": {
        "account+address": (5, 5 * _MINUTE),
        "address": (50, 15 * _MINUTE),
        "account": (100, _HOUR),
    },
    # Wrong second factors: who tries them knows the password.
    "second_factor": {"account+address": (5, 5 * _MINUTE), "account": (20, _HOUR)},
    # Wrong keys of the links that we mail.
    "mailed_link": {"address": (15, 15 * _MINUTE)},
    # Words of Google and Apple that proved nothing, and answers that Apple's page posts to us.
    "identity": {"address": (50, 15 * _MINUTE)},
    "posted_answer": {"address": (100, 15 * _MINUTE)},
    # Pictures that a member sends: each costs the drawing of two.
    "picture": {"account": (30, _HOUR)},
    # Drafts of the editors' assistant: each costs money.
    "assistant": {"account": (60, _HOUR)},
    # Letters that anybody can have us send, counted whether or not there is an account.
    "sign_up": {"address": (20, _HOUR), "account": (5, _HOUR)},
    "verification_mail": {"address": (20, _HOUR), "account": (5, _HOUR)},
    "password_reset": {"address": (20, _HOUR), "account": (5, _HOUR)},
    # Letters to staff, who ask for them when they are signed in.
    "staff_link": {"address": (20, _HOUR), "account": (5, _HOUR)},
}
MFA_FORMS = {
    "authenticate": "config.doors.codes.CodeForm",
    "reauthenticate": "config.doors.codes.CodeAgainForm",
}
# allauth's own limits on what is counted above are off; those on changes of one's account stay.
ACCOUNT_RATE_LIMITS: dict[str, str | None] = {
    "login": None,
    "login_failed": None,
    "signup": None,
    "reset_password": None,
    "reset_password_from_key": None,
}
