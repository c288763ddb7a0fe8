"""Readers: keep-alive connections of the standard library, in as many threads as wanted."""

import http.client
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from comments.signs import key_of

FRESH = {"Cookie": "fresh=1"}  # who has just published: nothing kept, for one page
SPOKEN = {"Cookie": "fresh=parts"}  # who has just commented or voted: all but what stands around
NAME = "Ines of the bench"  # nobody sown is called so
A_PERSON = 10  # comments: no newcomer may write more than twice as many in ten minutes
AGE = "60"  # seconds that the form was open, which its script tells
numbers = count(1)


@dataclass(frozen=True)
class Answer:
    """Times are milliseconds from the sending of the request."""

    status: int
    body: bytes
    first_byte: float
    whole: float
    cache: str  # what the page cache says that it did
    headers: list[tuple[str, str]]


class Reader:
    """A connection, and the cookie of the guest that it has got, if one."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=30)
        self._guest, self._written = "", 0

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, **fields: Any) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded",
                   "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}  # fmt: skip
        if self._guest:
            headers["Cookie"] = self._guest
        return self._ask("POST", path, urlencode(fields), headers)

    def write(self, path: str) -> Answer:
        """Posts a comment that nobody has posted before; now and then as another person."""
        if self._written % A_PERSON == 0:
            self._guest = ""
        self._written += 1
        text = f"I was there, and it was not as calm as that. Number {next(numbers)}."
        form = {"name": NAME, "email": "ines@readers.example", "age": AGE, "key": key_of(AGE)}
        answer = self.post(path, text=text, **form)
        if answer.status != 302:
            raise RuntimeError(f"{path}: {answer.status} {answer.body[:300]!r}")
        return answer

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        first_byte = (time.perf_counter() - begun) * 1000
        content = response.read()
        whole = (time.perf_counter() - begun) * 1000
        for cookie in response.headers.get_all("Set-Cookie", ()):
            if cookie.startswith("guest="):
                self._guest = cookie.partition(";")[0]
        cached = response.headers.get("X-Cache", "")
        headers_back = response.getheaders()
        return Answer(response.status, content, first_byte, whole, cached, headers_back)


def at_once(act: Callable[[Any], Any], what: Iterable[Any]) -> tuple[list[Any], float]:
    """What `act` gives for each, all at the same time, and the seconds that it took."""
    each = list(what)
    with ThreadPoolExecutor(len(each)) as pool:
        begun = time.perf_counter()
        return list(pool.map(act, each)), time.perf_counter() - begun


def answers_a_second(
    address: str, headers: dict[str, str], *, seconds: float, clients: int
) -> float:
    """Without wrk: threads of this process, which cost as much as what they measure."""
    parts = urlsplit(address)
    ends = time.perf_counter() + seconds

    def read(reader: Reader) -> int:
        for number in count():
            if time.perf_counter() > ends:
                return number
            reader.get(parts.path, headers)
        raise AssertionError

    answers, took = at_once(read, [Reader(parts.port or 80) for _number in range(clients)])
    return sum(answers) / took
