"""Links in mails open the apps, where there are any."""

from typing import Any

import pytest
from django.test import Client

APPLE, ANDROID = "/.well-known/apple-app-site-association", "/.well-known/assetlinks.json"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [APPLE, ANDROID])
def test_without_an_app_there_is_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_phones_learn_which_links_are_the_apps(client: Client, settings: Any) -> None:
    settings.APPLE_APP_ID = "ABCDE12345.example.fitcore"
    settings.ANDROID_PACKAGE, settings.ANDROID_FINGERPRINTS = "example.fitcore", ["AA:BB"]

    (details,) = client.get(APPLE).json()["applinks"]["details"]
    (statement,) = client.get(ANDROID).json()

    assert details["appIDs"] == ["ABCDE12345.example.fitcore"]
    assert {"/": "/verify-email/*"} in details["components"]
    assert statement["target"]["sha256_cert_fingerprints"] == ["AA:BB"]
