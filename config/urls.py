"""The URL map. The API and our own pages come first; Wagtail's page tree takes the rest."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from api.auth.identity import apple, google
from cms.core.routing import serve_page
from cms.members.account import staff_sign_in
from config.doors.identities import posted, proving
from config.doors.letters import counted
from config.doors.links import VerifyAddress
from config.social import first_come
from config.staff import views as staff

# allauth's views at addresses of ours; their names are those that allauth reverses.
_accounts = [
    path("sign-in", account.login, name="account_login"),
    path("sign-up", counted("sign_up", account.signup), name="account_signup"),
    path("sign-out", account.logout, name="account_logout"),
    path("account/closed", account.account_inactive, name="account_inactive"),
    path("verify-email/<str:key>", VerifyAddress.as_view(), name="account_confirm_email"),
    path(
        "password-reset",
        counted("password_reset", account.password_reset),
        name="account_reset_password",
    ),
    path("password-reset/sent", account.password_reset_done, name="account_reset_password_done"),
    # The key has dashes of its own: a plain path would cut at the last of them.
    re_path(
        r"^password-reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password-reset/changed",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/again", first_come(account.reauthenticate), name="account_reauthenticate"),
    path("settings/email", account.email, name="account_email"),
    path("settings/password", account.password_change, name="account_change_password"),
    path("settings/password/set", account.password_set, name="account_set_password"),
]

# Second factors: authenticator apps (TOTP), passkeys (WebAuthn), recovery codes.
_second_factors = [
    path("sign-in/code", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/code", first_come(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "sign-in/again/passkey",
        first_come(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("settings/two-factor", mfa.index, name="mfa_index"),
    path("settings/two-factor/app", totp.activate_totp, name="mfa_activate_totp"),
    path("settings/two-factor/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("settings/two-factor/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "settings/two-factor/codes/new",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "settings/two-factor/codes/file",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("settings/passkeys", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("settings/passkeys/add", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("settings/passkeys/<int:pk>/name", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("settings/passkeys/<int:pk>/remove", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

# Staff set up a second factor behind a link alone.
_staff_proof = [
    path("settings/two-factor/staff", staff.staff_second_factor, name="staff_second_factor"),
    path("settings/two-factor/staff/<str:token>", staff.staff_link, name="staff_link"),
]

# The admins have no sign-in and no password form of their own: there is one door.
_one_door = [
    path("cms/login/", staff_sign_in),
    path("django-admin/login/", staff_sign_in),
    path(
        "django-admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
    ),
]

# Google and Apple. Apple's answer is posted from its page, and comes again by GET.
_identities = [
    path("sign-in/google", google.login, name="google_login"),
    path("sign-in/google/done", proving(first_come(google.callback)), name="google_callback"),
    path("sign-in/apple", apple.login, name="apple_login"),
    path("sign-in/apple/done", posted(apple.callback), name="apple_callback"),
    path("sign-in/apple/finish", proving(first_come(apple.finish)), name="apple_finish_callback"),
    path("sign-in/cancelled", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed", social.login_error, name="socialaccount_login_error"),
    path("settings/connections", social.connections, name="socialaccount_connections"),
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
    *_one_door,
    *_staff,
    path("", include("cms.media.urls")),
    *_public_files,
    *_accounts,
    *_second_factors,
    *_staff_proof,
    *_identities,
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
    path("", include("cms.core.urls")),
    path("", include("cms.articles.urls")),
    path("", include("cms.members.urls")),
    path("", include("cms.search.urls")),
    # All of Wagtail's but the last, its view of a page, for which ours stands.
    path("", include(wagtail_urls.urlpatterns[:-1])),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
]

handler400 = "config.errors.bad_request"
handler429 = "config.errors.too_many_requests"
handler500 = "config.errors.server_error"
