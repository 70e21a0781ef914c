"""The URL map. The API and our own pages come first; Wagtail's page tree takes the rest."""

from allauth.account import views as account
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from config.doors.letters import counted
from config.doors.links import VerifyAddress

# allauth's views at addresses of ours; their names are those that allauth reverses.
_accounts = [
    path("sign-in", account.login, name="account_login"),
    path("sign-up", counted("sign_up", account.signup), name="account_signup"),
    path("sign-out", account.logout, name="account_logout"),
    path("account/closed", account.account_inactive, name="account_inactive"),
    path("verify-email", account.email_verification_sent, name="account_email_verification_sent"),
    path("verify-email/<str:key>", VerifyAddress.as_view(), name="account_confirm_email"),
    path(
        "password-reset",
        counted("password_reset", account.password_reset),
        name="account_reset_password",
    ),
    path("password-reset/sent", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password-reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",  # a key has hyphens too
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password-reset/changed",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/again", account.reauthenticate, name="account_reauthenticate"),
    path("settings/email", account.email, name="account_email"),
]

# The admins draw with inline styles and scripts, which our own pages forbid.
_staff = decorate_urlpatterns(
    [
        path("cms/", include(wagtailadmin_urls)),
        path("django-admin/", admin.site.urls),
    ],
    csp_override(settings.ADMIN_CSP),
)

# Public files (covers and posters). In production the web server in front has them.
_public_files = (
    [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]
    if settings.SERVE_MEDIA
    else []
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("api.urls")),
    *_staff,
    path("documents/", include(wagtaildocs_urls)),
    path("media/", include("cms.media.urls")),
    *_public_files,
    *_accounts,
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
    path("", include("cms.core.urls")),
    path("", include("cms.members.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "config.errors.bad_request"
handler429 = "config.errors.too_many_requests"
handler500 = "config.errors.server_error"
