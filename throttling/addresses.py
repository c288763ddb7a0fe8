"""Who is asking: the client's address behind trusted proxies, and the prefix that is counted."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Somebody who wants many addresses gets a block as cheaply as one: an IPv4 /24 is the smallest
# that is routed, an IPv6 /56 what one household gets (docs/decisions/0027).
PREFIX_LENGTHS = {4: 24, 6: 56}
SITE_LENGTHS = {4: 24, 6: 48}  # an IPv6 site, after RFC 6177, holds 256 of the above
UNKNOWN = "unknown"


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address that the outermost trusted proxy saw; None where there is none to trust.

    Each proxy appends to X-Forwarded-For whom it heard from, so that with n trusted proxies the
    n-th entry from the right is true, and what stands left of it is the client's own invention.
    """
    heard = request.META.get("REMOTE_ADDR", "")
    if proxies := settings.TRUSTED_PROXIES:
        entries = [
            entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry
        ]
        heard = entries[-proxies] if len(entries) >= proxies else heard
    return _parse(heard.strip())


@lru_cache(maxsize=256)  # a request is asked for it several times
def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """An address, also written with a port; an IPv4 one inside IPv6 counts as IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_prefix(request: HttpRequest) -> str:
    """The client's network, such as 203.0.113.0/24. All unknown clients share one prefix."""
    return _network(request, PREFIX_LENGTHS)


def client_site(request: HttpRequest) -> str:
    """As `client_prefix`, for what counts beside it by something narrower, such as a name."""
    return _network(request, SITE_LENGTHS)


def _network(request: HttpRequest, lengths: dict[int, int]) -> str:
    address = client_address(request)
    if address is None:
        return UNKNOWN
    return _prefix(address, lengths[address.version])


@lru_cache(maxsize=256)
def _prefix(address: IPv4Address | IPv6Address, length: int) -> str:
    return str(ip_network((address, length), strict=False))
