"""What every installation shares. ``dev``, ``test`` and ``production`` say the rest."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from config.env import env
from config.logging import logging_config
from config.settings.accounts import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.assistant import *  # noqa: F403
from config.settings.integrations import *  # noqa: F403
from config.settings.integrations import STRIPE_CHECKOUT_ORIGIN
from config.settings.limits import *  # noqa: F403
from config.settings.links import *  # noqa: F403
from config.settings.media import *  # noqa: F403
from config.settings.media import MEDIA_ORIGINS, PRIVATE_STORAGE
from config.settings.privacy import *  # noqa: F403
from config.settings.social import *  # noqa: F403
from config.settings.social import SOCIAL_ORIGINS
from config.settings.transcoding import *  # noqa: F403
from config.settings.transcoding import TRANSCODE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.str("FITCORE_VAR", default=str(ROOT / "var")))

INSTALLED_APPS = [
    "config",
    "config.cache",
    "config.staff",
    "fitness.accounts",
    "fitness.training",
    "fitness.streaks",
    "fitness.leaderboards",
    "fitness.privacy",
    "fitness.body",
    "fitness.notifications",
    "fitness.favorites",
    "commerce.catalog",
    "commerce.entitlements",
    "commerce.billing",
    "commerce.gateways.stripe",
    "commerce.checkout",
    "cms.core",
    "cms.assistant",
    "cms.links",
    "cms.media",
    "cms.home",
    "cms.workouts",
    "cms.articles",
    "cms.categories",
    "cms.programmes",
    "cms.trainers",
    "cms.tutorials",
    "cms.search",
    "cms.dashboard",
    "cms.members",
    "api.core",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount.providers.apple",
    "allauth.socialaccount.providers.google",
    "rest_framework",
    "dj_rest_auth",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "djstripe",
    "django_q",
    "django_structlog",
    "storages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.LogRequests",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fitness.privacy.audit.actors.AuditMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.RefuseTooMany",
    "config.staff.middleware.StaffSecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cms.core.redirects.RedirectMiddleware",
    "cms.core.approving.SendBackWhatIsNotReady",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

# A thread keeps its connections: opening one costs more than most requests. 0 turns the pool
# off for processes that fork, which must not share its sockets.
_POOL_SIZE = env.int("DATABASE_POOL", default=8)
# What the planner is to believe: a row elsewhere costs little more than the next one, on disks
# that do not turn; and no query here is long enough to be worth compiling.
_PLANNER = env.str("DATABASE_PLANNER", default="-c random_page_cost=1.1 -c jit=off")
DATABASE_OPTIONS: dict[str, Any] = {
    "CONN_MAX_AGE": 0 if _POOL_SIZE else 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        **({"options": _PLANNER} if _PLANNER else {}),
        **({"pool": {"min_size": 1, "max_size": _POOL_SIZE}} if _POOL_SIZE else {}),
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Whether this process hands out public files itself; in production a web server in front does.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
# Videos: outside MEDIA_ROOT, so that no static route can ever reach one.
PRIVATE_MEDIA_ROOT = VAR / "private"

# Where films are converted before they go to the private storage.
TRANSCODE_ROOT = VAR / "transcodes"

STORAGES: dict[str, dict[str, Any]] = {
    # Private but for a few folders; ``public`` is what they lie in.
    "default": {"BACKEND": "cms.media.guarded.GuardedStorage"},
    "public": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": PRIVATE_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Queue --------------------------------------------------------------------------------------
# Tasks are rows: a task commits or rolls back with its data. ``retry`` outlives the longest
# wait inside the cluster (timeout x (2 + queue_limit / workers)), or a task would run twice.
# Films have a queue of their own, so that nobody's export waits for hours of somebody's ffmpeg.
_QUICK_SECONDS, _SLOW_SECONDS, _FILM_SECONDS = 60, 1800, TRANSCODE_SECONDS + 600
Q_CLUSTER: dict[str, Any] = {
    "name": "quick",
    "orm": "default",
    "cache": "process",
    "workers": 2,
    "queue_limit": 2,
    "timeout": _QUICK_SECONDS,
    "retry": _QUICK_SECONDS * 4,
    "max_attempts": 5,
    "save_limit": 0,
    "poll": 0.5,
    "bulk": 1,
    "catch_up": False,
    "recycle": 500,
    "max_rss": 400_000,
    "ALT_CLUSTERS": {
        "slow": {
            "workers": 1,
            "queue_limit": 1,
            "timeout": _SLOW_SECONDS,
            "retry": _SLOW_SECONDS * 4,
            "max_attempts": 3,
        },
        "films": {
            "workers": 1,
            "queue_limit": 1,
            "timeout": _FILM_SECONDS,
            "retry": _FILM_SECONDS * 4,
            "max_attempts": 3,
        },
        # Answers of the assistant: mostly waiting, for a minute at most.
        "asking": {"workers": 2, "queue_limit": 2, "max_attempts": 2},
    },
}
TASKS = {
    "default": {
        "BACKEND": "config.queue.backend.DjangoQBackend",
        # Tasks that name no queue (Wagtail's own, for one) are quick ones.
        "QUEUES": ["default", "quick", "slow", "films", "asking"],
    }
}

# Pages --------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "FitCore"
WAGTAILADMIN_BASE_URL = env.str("SITE_URL", default="http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.CoverImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A phone's photographs too, and nothing that takes more memory than drawing has (decision 0024).
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A restriction of a page in Wagtail's own sense would replace the teaser by a login form.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False, "GROUPS": False, "LOGIN": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# The last approval publishes only what its checks let through.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.core.approving.publish_when_ready"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Browser safety -----------------------------------------------------------------------------
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", *MEDIA_ORIGINS],
    # hls.js feeds the player from a blob, with what it fetched from us or from the bucket.
    "media-src": [CSP.SELF, "blob:", *MEDIA_ORIGINS],
    "connect-src": [CSP.SELF, *MEDIA_ORIGINS],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    # The hosted checkout and the sign-in services are reached by redirects after forms of ours.
    "form-action": [CSP.SELF, STRIPE_CHECKOUT_ORIGIN, *SOCIAL_ORIGINS],
}
# Wagtail's and Django's admin draw with inline styles and scripts.
ADMIN_CSP: dict[str, list[str]] = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:", *MEDIA_ORIGINS],
    "frame-src": [CSP.SELF],
    "connect-src": [CSP.SELF, *MEDIA_ORIGINS],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "djstripe.W002",  # Stripe's address is a setting, and production refuses any other
    "security.W019",  # editors preview pages in a frame of the same site
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = logging_config(as_json=True, level=env.str("LOG_LEVEL", default="INFO"))
