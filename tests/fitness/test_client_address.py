"""Where a request comes from cannot be chosen by its sender."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.accounts import AccountAdapter
from fitness.core.http import client_address, network_of

PEER = "192.0.2.1"


def address(proxies: int, forwarded: str | None, settings: Settings, peer: str = PEER) -> str:
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory(headers=headers).get("/", REMOTE_ADDR=peer))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, PEER),
        (0, "198.51.100.7", PEER),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6,198.51.100.7 , 10.0.0.1", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7:54321", "198.51.100.7"),
        (1, "[2001:DB8::0:7]:443", "2001:db8::7"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "fe80::1%eth0", "fe80::1"),
        # What no proxy of ours would write tells only who called us.
        (1, None, PEER),
        (1, "", PEER),
        (2, "198.51.100.7", PEER),
        (1, "unknown", PEER),
        (1, "198.51.100.7, ", PEER),
        (1, "1.2.3.4'; DROP TABLE", PEER),
        (1, "9" * 10_000, PEER),
    ],
)
def test_the_address_is_what_our_outermost_proxy_wrote(
    proxies: int, forwarded: str | None, expected: str, settings: Settings
) -> None:
    assert address(proxies, forwarded, settings) == expected


def test_a_server_behind_a_socket_knows_no_peer(settings: Settings) -> None:
    assert address(0, "198.51.100.7", settings, peer="") == "0.0.0.0"  # noqa: S104
    assert client_address(None) == "0.0.0.0"  # noqa: S104


def test_allauth_sees_the_same_sender(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory(headers={"X-Forwarded-For": "6.6.6.6, 198.51.100.7"}).get("/")

    assert AccountAdapter(request).get_client_ip(request) == "198.51.100.7"


@pytest.mark.django_db
def test_the_log_names_the_same_sender(
    settings: Settings, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    settings.TRUSTED_PROXIES = 1
    client.get("/api/streak", headers={"X-Forwarded-For": "6.6.6.6, 198.51.100.7"})

    assert "'ip': '198.51.100.7'" in caplog.text


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_a_home_counts_as_one_sender(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001
    assert (network_of(one) == network_of(other)) is is_same
