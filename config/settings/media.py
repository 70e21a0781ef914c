"""Private media: where videos lie, how their addresses are made, and how uploads come in."""

from typing import Any
from urllib.parse import urlsplit

from config.env import env

# Private media lie on local disk, or in a private S3 bucket when one is named.
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
MEDIA_S3_ENDPOINT = env.str("MEDIA_S3_ENDPOINT", default="")
MEDIA_S3_REGION = env.str("MEDIA_S3_REGION", default="eu-central-1")
# A CloudFront distribution before the bucket, and the key pair that signs its addresses.
MEDIA_CDN_DOMAIN = env.str("MEDIA_CDN_DOMAIN", default="")
MEDIA_CDN_KEY_ID = env.str("MEDIA_CDN_KEY_ID", default="")
MEDIA_CDN_KEY = env.str("MEDIA_CDN_KEY", default="").replace("\\n", "\n")
# Minutes a playback address stays good.
PLAYBACK_MINUTES = env.int("PLAYBACK_MINUTES", default=5)
# Hours that the address of a picture in a story stays good: at most this, at least half of it.
PICTURE_HOURS = env.int("PICTURE_HOURS", default=12)
# An internal location of nginx that is the private folder; it then sends the local files.
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", default="")

# Uploads of editors come in parts of this size (S3 takes no smaller ones than 5 MB).
UPLOAD_PART_BYTES = env.int("UPLOAD_PART_BYTES", default=16 * 1024 * 1024)
UPLOAD_LARGEST_BYTES = env.int("UPLOAD_LARGEST_BYTES", default=20 * 1024**3)
# How long one may be gone on with, or wait to be saved with a form.
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=24)


def bucket(*, name: str, endpoint: str, region: str, **cdn: str) -> dict[str, Any]:
    """The private storage in a bucket, behind CloudFront when its domain and keys are given."""
    behind_cdn = {
        "custom_domain": cdn.get("domain"),
        "cloudfront_key_id": cdn.get("key_id"),
        "cloudfront_key": cdn.get("key", "").encode(),
    }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "region_name": region,
            "endpoint_url": endpoint or None,
            # Otherwise addresses name no region, and a bucket outside of us-east-1 redirects.
            "addressing_style": "path" if endpoint else "virtual",
            "signature_version": "s3v4",
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": 60 * PLAYBACK_MINUTES,
            **(behind_cdn if cdn.get("domain") else {}),
        },
    }


def origins(*, name: str, endpoint: str, region: str, **cdn: str) -> list[str]:
    """Where a browser meets the bucket: it plays from there, and editors upload there."""
    if not name:
        return []
    at = urlsplit(endpoint or f"https://{name}.s3.{region}.amazonaws.com")
    found = [f"{at.scheme}://{at.netloc}"]
    return [*found, f"https://{cdn['domain']}"] if cdn.get("domain") else found


_BUCKET = {
    "name": MEDIA_BUCKET,
    "endpoint": MEDIA_S3_ENDPOINT,
    "region": MEDIA_S3_REGION,
    "domain": MEDIA_CDN_DOMAIN,
    "key_id": MEDIA_CDN_KEY_ID,
    "key": MEDIA_CDN_KEY,
}
PRIVATE_STORAGE: dict[str, Any] = (
    bucket(**_BUCKET) if MEDIA_BUCKET else {"BACKEND": "cms.media.storage.PrivateFileStorage"}
)
MEDIA_ORIGINS = origins(**_BUCKET)
