"""Which links of the site open the apps, as phones ask once an app is installed.

Apple: Supporting associated domains; Google: Verify Android App Links (Digital Asset Links).
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# The links that mails hold; each works on the site as well.
_IN_MAILS = ("/verify-email/*", "/password-reset/*")


@require_safe
@cache_control(public=True, max_age=3600)
def apple(request: HttpRequest) -> JsonResponse:
    """The app's id (team and bundle) and the paths it opens. Nothing while there is no app."""
    app = settings.APPLE_APP_ID
    if not app:
        raise Http404
    paths = [{"/": path} for path in _IN_MAILS]
    return JsonResponse(
        {
            "applinks": {"details": [{"appIDs": [app], "components": paths}]},
            "webcredentials": {"apps": [app]},
        }
    )


@require_safe
@cache_control(public=True, max_age=3600)
def android(request: HttpRequest) -> JsonResponse:
    """The app's package and the fingerprints of who signs it. Nothing while there is no app."""
    if not (settings.ANDROID_PACKAGE and settings.ANDROID_FINGERPRINTS):
        raise Http404
    target: dict[str, Any] = {
        "namespace": "android_app",
        "package_name": settings.ANDROID_PACKAGE,
        "sha256_cert_fingerprints": settings.ANDROID_FINGERPRINTS,
    }
    may = [
        "delegate_permission/common.handle_all_urls",
        "delegate_permission/common.get_login_creds",
    ]
    return JsonResponse([{"relation": may, "target": target}], safe=False)
