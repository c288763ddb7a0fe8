"""Who is asking, however many proxies stand between."""

import pytest

from throttling.addresses import client_address, client_prefix, client_site


def ask(rf, settings, *, proxies: int = 0, forwarded: str | None = None, remote: str = ""):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return rf.get("/", headers=headers, REMOTE_ADDR=remote)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, None, "203.0.113.9", "203.0.113.9"),
        (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),  # nobody to trust: not believed
        (1, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "10.0.0.1", "198.51.100.1"),  # the first is invented
        (2, "192.0.2.66, 198.51.100.1, 10.0.0.2", "10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1", "10.0.0.1"),  # came past a proxy
        (1, None, "10.0.0.1", "10.0.0.1"),
        (1, "198.51.100.1:4711", "10.0.0.1", "198.51.100.1"),
        (1, "[2001:db8::1]:4711", "10.0.0.1", "2001:db8::1"),
        (0, None, "::ffff:203.0.113.9", "203.0.113.9"),
        (0, None, "fe80::1%eth0", "fe80::1"),
        (0, None, "", "None"),
        (1, "nonsense", "10.0.0.1", "None"),
    ],
)
def test_address_is_what_the_outermost_trusted_proxy_saw(
    rf, settings, proxies, forwarded, remote, expected
):
    request = ask(rf, settings, proxies=proxies, forwarded=forwarded, remote=remote)
    assert str(client_address(request)) == expected


@pytest.mark.parametrize(
    ("remote", "prefix"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("127.0.0.1", "127.0.0.0/24"),
        ("2001:db8:1:2345::7", "2001:db8:1:2300::/56"),
        ("", "unknown"),
    ],
)
def test_neighbours_share_a_prefix(rf, settings, remote, prefix):
    assert client_prefix(ask(rf, settings, remote=remote)) == prefix


@pytest.mark.parametrize(
    ("remote", "site"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2345::7", "2001:db8:1::/48")],
)
def test_households_of_a_site_share_one(rf, settings, remote, site):
    assert client_site(ask(rf, settings, remote=remote)) == site
