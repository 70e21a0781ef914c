"""Every outside service, its credentials and its address, on one screen.

Each service has a base URL, so that a stand-in which speaks its protocol can serve the
demo and the tests while the real adapter and its library run.
"""

from config.env import env

# Stripe sells subscriptions and single workouts; dj-stripe keeps a verified copy of its objects.
STRIPE_API_HOST = env.str("STRIPE_API_HOST", default="https://api.stripe.com")
# Where its hosted checkout lies; a stand-in has it at the same address.
STRIPE_CHECKOUT_ORIGIN = (
    "https://checkout.stripe.com"
    if STRIPE_API_HOST == "https://api.stripe.com"
    else STRIPE_API_HOST
)
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_LIVE_MODE = STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
STRIPE_TEST_SECRET_KEY = "" if STRIPE_LIVE_MODE else STRIPE_SECRET_KEY
STRIPE_LIVE_SECRET_KEY = STRIPE_SECRET_KEY if STRIPE_LIVE_MODE else ""
# Pinned: left out, dj-stripe would send whatever version the installed SDK happens to speak.
STRIPE_API_VERSION = "2026-08-26.dahlia"
# The signing secret of the webhook endpoint. Empty closes the endpoint (404).
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
# Days a subscription whose renewal failed keeps its rights past the paid end.
STRIPE_GRACE_DAYS = env.int("STRIPE_GRACE_DAYS", default=3)
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"
MIGRATION_MODULES = {"djstripe": "commerce.gateways.stripe.mirror_migrations"}
# The scheme of links that open our app, such as fitcore; a checkout may end there.
APP_URL_SCHEME = env.str("APP_URL_SCHEME", default="")

# Tells which passwords are known from data breaches. Empty: nobody is asked.
BREACHED_PASSWORDS_URL = env.str("BREACHED_PASSWORDS_URL", default="")
PWNED_PASSWORDS = {"API_TIMEOUT": 1.0, "ADD_PADDING": True}

# The apps that open the links in our mails; empty: the site does.
APPLE_APP_ID = env.str("APPLE_APP_ID", default="")
ANDROID_PACKAGE = env.str("ANDROID_PACKAGE", default="")
ANDROID_FINGERPRINTS = env.list("ANDROID_FINGERPRINTS", default=[])
