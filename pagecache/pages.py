"""One kept page: its bytes in every encoding, and how long it may be served."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import NamedTuple, Protocol

import brotli

Headers = list[tuple[str, str]]

MAX_AGE = 30.0  # seconds: what a page shows of other things, figures and bars, may be as old
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
ENCODINGS = ("br", "gzip", "")  # in the order in which they are chosen
# Made anew for each answer, or meant for the server alone.
OWN_HEADERS = {"content-length", "content-encoding", "etag", "vary", "cache-control", "connection"}


class Key(NamedTuple):
    """What a page is kept by; `query` has the questions that it answers, and no other ones."""

    scheme: str
    host: str
    path: str
    query: str = ""


class Kept(Protocol):
    """What a store takes. Times are of `time.monotonic`; `size` is in bytes."""

    built_at: float
    stale_until: float | None

    @property
    def tags(self) -> frozenset[str]: ...
    @property
    def size(self) -> int: ...


class Answer(NamedTuple):
    headers: Headers
    body: bytes


@dataclass
class Page:
    """A page as it was rendered. Times are of `time.monotonic`.

    It is fresh until `expires_at`. `ends_at` is the next moment at which what it shows changes,
    after which it is served in no circumstances. A soft drop sets `stale_until`: until then the
    old copy may be served while somebody makes a new one.
    """

    status: str
    headers: Headers
    body: bytes
    tags: frozenset[str]
    built_at: float
    expires_at: float
    ends_at: float
    stale_until: float | None = None
    _answers: dict[str, Answer] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.headers = [pair for pair in self.headers if pair[0].lower() not in OWN_HEADERS]
        self._digest = hashlib.blake2b(self.body, digest_size=12).hexdigest()

    def is_fresh(self, now: float) -> bool:
        return self.stale_until is None and now < self.expires_at

    def may_stand_in(self, now: float) -> bool:
        """Whether it may be served, although it is no longer fresh, while another is made."""
        return self.stale_until is not None and now < min(self.stale_until, self.expires_at)

    def answer(self, encoding: str) -> Answer:
        """What it is answered with in one of ENCODINGS, compressed at the first demand."""
        known = self._answers.get(encoding)
        if known is None:
            with self._lock:
                known = self._answers.get(encoding) or self._answered(encoding)
                self._answers[encoding] = known
        return known

    def _answered(self, encoding: str) -> Answer:
        body = _compress(self.body, encoding) if encoding else self.body
        told = [("Content-Encoding", encoding)] if encoding else []
        length = ("Content-Length", str(len(body)))
        return Answer([*self.validators(encoding), *told, length], body)

    def validators(self, encoding: str) -> Headers:
        """The headers that an answer without a body has as well."""
        return [*self.headers, ("ETag", self.etag(encoding)), ("Vary", "Accept-Encoding")]

    def etag(self, encoding: str) -> str:
        """A strong validator: different bytes have different ones, encodings included."""
        return f'"{self._digest}-{encoding}"' if encoding else f'"{self._digest}"'

    @property
    def size(self) -> int:
        """Bytes, with room for both compressed bodies, which come later."""
        return len(self.body) * 3 // 2 + 1000


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0)


@lru_cache(maxsize=256)  # browsers send few different ones
def choose_encoding(accepted: str) -> str:
    """The best of ENCODINGS that an Accept-Encoding header takes; '' for the plain bytes."""
    weights = dict(_weights(accepted))
    for encoding in ENCODINGS[:-1]:
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return ""


def _weights(accepted: str) -> Iterable[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        try:
            yield name.strip(), float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            yield name.strip(), 0.0


def matches(etag: str, if_none_match: str) -> bool:
    """Whether a request's If-None-Match names the validator, or any."""
    given = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in given or "*" in given
