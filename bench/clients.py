"""Readers: connections that stay open, in as many threads as wanted.

They read bytes and look at headers once all have come: what a client of Python's library takes to
understand an answer, a tenth of a vote's time, is none of the server's.
"""

import re
import socket
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
LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
numbers = count(1)


@dataclass(frozen=True)
class Answer:
    """Times are milliseconds from the sending of the request."""

    status: int
    body: bytes
    first_byte: float
    whole: float
    headers: list[tuple[str, str]]


class Reader:
    """A connection, and the cookie of the guest that it has got, if one."""

    def __init__(self, port: int) -> None:
        self._host = f"localhost:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._guest, self._written = "", 0

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("GET", path, "", headers or {})

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

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        told = {"Host": self._host, "Content-Length": str(len(body)), **headers}
        lines = (f"{name}: {value}\r\n" for name, value in told.items())
        begun = time.perf_counter()
        self._socket.sendall(f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n{body}".encode())
        came = bytearray(self._more())
        first_byte = (time.perf_counter() - begun) * 1000
        while (end := came.find(b"\r\n\r\n")) < 0:
            came += self._more()
        length = LENGTH.search(came, 0, end)
        if length is None:
            raise RuntimeError(f"{path}: an answer without a length")
        while len(came) < end + 4 + int(length[1]):
            came += self._more()
        whole = (time.perf_counter() - begun) * 1000
        status, *pairs = came[:end].decode().split("\r\n")
        back = [(name, value) for name, _colon, value in (pair.partition(": ") for pair in pairs)]
        for name, value in back:
            if name.lower() == "set-cookie" and value.startswith("guest="):
                self._guest = value.partition(";")[0]
        return Answer(int(status.split()[1]), bytes(came[end + 4 :]), first_byte, whole, back)

    def _more(self) -> bytes:
        if chunk := self._socket.recv(1 << 18):
            return chunk
        raise ConnectionError("The server has closed the connection.")


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
