"""Asks other sites whether a page is there, and no machine that is not public.

An address comes from whoever may write a draft. So its name is looked up once, the connection goes
to what was found, and whatever is not the public internet is never asked, redirects included.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from errno import ENETUNREACH
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

MOST_REDIRECTS = 5
PATIENCE, LONGEST = 5.0, 10.0  # seconds: without a byte, and for one answer in all
REDIRECTS = {301, 302, 303, 307, 308}
NOTHING = 0
USER_AGENT = "Mozilla/5.0 (compatible; link check)"  # which paper writes of a site stays with it
_translated = ip_network("64:ff9b::/96")  # IPv4 behind IPv6: where it leads is what counts

type IsPublic = Callable[[str], bool]


class Unknown(Exception):  # noqa: N818  nothing is known of the address, good or bad
    """We are cut off ourselves."""


def is_public(address: str) -> bool:
    """Whether the IP address belongs to the public internet, also one that is wrapped in IPv6."""
    found: IPv4Address | IPv6Address | None = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in _translated:
            found = IPv4Address(int(found) & 0xFFFFFFFF)
        elif found.sixtofour or found.teredo:
            return False
        else:
            found = found.ipv4_mapped or found
    return found is not None and found.is_global and not found.is_multicast


def ask(url: str, *, may_ask: IsPublic = is_public) -> int:
    """The HTTP status that the address gives in the end; 0 if nothing answers, or nothing public.

    Up to six requests, each of ten seconds at most. Raises Unknown where our own network is away.
    """
    status = NOTHING
    for _step in range(MOST_REDIRECTS + 1):
        try:
            status, target = _answer(url, may_ask)
        except (OSError, http.client.HTTPException, ValueError) as refused:
            if _is_our_own_fault(refused):
                raise Unknown from refused
            return NOTHING
        if status not in REDIRECTS or not target:
            return status
        url = urljoin(url, target)
    return status if status not in REDIRECTS else NOTHING


def _is_our_own_fault(refused: Exception) -> bool:
    if isinstance(refused, socket.gaierror):
        return refused.errno == socket.EAI_AGAIN
    return isinstance(refused, OSError) and refused.errno == ENETUNREACH


def _answer(url: str, may_ask: IsPublic) -> tuple[int, str]:
    """Status and Location. Some sites answer only GET, whose body nobody reads here."""
    parts = urlsplit(iri_to_uri(url))
    place = _place(parts, may_ask)
    status, target = _request("HEAD", parts, place)
    return _request("GET", parts, place) if status >= 400 else (status, target)


def _place(parts: SplitResult, may_ask: IsPublic) -> tuple[str, int]:
    """The address and port to connect to. Raises ValueError for what is not to be asked."""
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(parts.netloc)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode()
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(may_ask, found)):
        raise ValueError(parts.netloc)
    return found[0], port


def _request(method: str, parts: SplitResult, place: tuple[str, int]) -> tuple[int, str]:
    line = _Line(parts, place)
    over = threading.Timer(LONGEST, line.cut)  # against who sends a byte now and then
    over.start()
    try:
        path = parts.path or "/"
        line.request(
            method,
            f"{path}?{parts.query}" if parts.query else path,
            headers={"User-Agent": USER_AGENT, "Accept": "*/*"},
        )
        answer = line.getresponse()
        if line.was_cut:  # which looks like the end of its headers
            raise TimeoutError
        return answer.status, answer.headers.get("Location", "")
    finally:
        over.cancel()
        line.close()


class _Line(http.client.HTTPConnection):
    """To an address that was looked up before, by the name that was asked for."""

    was_cut = False

    def __init__(self, parts: SplitResult, place: tuple[str, int]) -> None:
        host = (parts.hostname or "").encode("idna").decode()
        super().__init__(host, place[1], timeout=PATIENCE)
        self._place, self._is_secret = place, parts.scheme == "https"
        if self._is_secret:
            self.default_port = 443  # which the Host header leaves out

    def connect(self) -> None:
        self.sock = socket.create_connection(self._place, PATIENCE)
        if self._is_secret:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        self.was_cut = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
