"""A site on this machine that answers as others do: well, badly, slowly, or elsewhere."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer(is_head=True)

    def do_GET(self) -> None:
        self._answer(is_head=False)

    def _answer(self, *, is_head: bool) -> None:
        server: Any = self.server
        server.asked.append((self.command, self.path, dict(self.headers)))
        what = self.path.partition("?")[0].strip("/")
        if what == "drip":
            return self._drip()
        if what == "noise":
            self.wfile.write(b"\x00not http at all\r\n\r\n")
            return None
        status = {"fine": 200, "missing": 404, "broken": 500, "private": 403}.get(what, 200)
        if what == "only-get":
            status = 405 if is_head else 200
        if what.startswith("again"):
            return self._lead(f"/again{int(what[5:] or 0) + 1}")
        if what.startswith("to-"):
            return self._lead(server.targets[what[3:]])
        self.send_response(status)
        self.end_headers()
        return None

    def _lead(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def _drip(self) -> None:
        """A header that never ends, a byte now and then."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _byte in range(100):
            time.sleep(0.05)
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running_site() -> Iterator[Any]:
    """Its `url` and what it was `asked`; `targets` names where /to-<name> leads."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked, server.targets = [], {}
    server.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
