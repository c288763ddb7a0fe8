"""Pages that are kept but for the parts that change all the time: elsewhere called donut caching.

What stands around a conversation stays as it is when somebody writes or votes in it. So the page is
kept a second time, as a shell with places for such parts, under the tags of the rest alone. Whoever
asks for the page after a comment gets the shell with its parts made anew.
"""

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from pagecache.marks import SITE, depend, dependencies
from pagecache.pages import MAX_AGE
from pagecache.store import PageStore

SHELF = "pagecache.shelf"  # in the environment of a request whose page may stand in a shell
NEVER = float("-inf")
SUBJECT_BYTES = 20_000  # reckoned for what a shell is about, beside its texts
# Where a part stands. No page ever shows it, so that nobody can write it into a text.
PLACE = SafeString(f"<!--{secrets.token_hex(16)}-->")

Part = Callable[[HttpRequest], SafeString]
# what is asked, of what, and what it gave
Watched = tuple[Callable[..., Any], tuple[Any, ...], Any]


@dataclass(eq=False)
class Shell:
    """What stands around a page's parts. Times are of `time.monotonic`, `size` is in bytes, about.

    `subject` is what the page is about, with all that its parts ask of it; threads share it, and
    none changes it. The shell is that of the page while all that is `watched` has the same value.
    """

    subject: Any
    pieces: list[str]
    parts: list[Part]
    watched: list[Watched]
    tags: frozenset[str]
    built_at: float
    ends_at: float = float("inf")
    stale_until: float | None = None

    def __post_init__(self) -> None:
        texts = [*self.pieces, *self.pieces, repr(self.watched)]  # the subject has the text as well
        self.size = sum(map(sys.getsizeof, texts)) + SUBJECT_BYTES

    def may_be_used(self, now: float) -> bool:
        return self.stale_until is None and now < min(self.built_at + MAX_AGE, self.ends_at)

    def fits(self, request: HttpRequest) -> bool:
        return all(look(request, *of) == value for look, of, value in self.watched)

    def filled(self, request: HttpRequest) -> str:
        """The page, with its parts as they are now."""
        text = [self.pieces[0]]
        for part, piece in zip(self.parts, self.pieces[1:], strict=True):
            text += part(request), piece
        return "".join(text)


class Shelf:
    """Where a request that began at `begun` finds the shell of its page, or leaves its own.

    It finds none where it `may_find` nothing that is kept.
    """

    def __init__(self, store: PageStore, *, begun: float, may_find: bool) -> None:
        self.begun = begun
        self._store, self._since, self._may_find = store, store.sequence, may_find
        self.found: Shell | None = None
        self._made: tuple[str, Shell] | None = None

    def find(self, request: HttpRequest) -> Shell | None:
        shell = self._store.get(_key(request.path)) if self._may_find else None
        if shell and shell.may_be_used(self.begun) and shell.fits(request):
            self.found = shell
            depend(request, *shell.tags)
        return self.found

    def leave(self, request: HttpRequest, shell: Shell) -> None:
        """It is kept where its page is."""
        self._made = request.path, shell

    def keep(self, *, ends_at: float) -> None:
        """Keeps what was left, if anything was, until its page ends."""
        if self._made:
            path, shell = self._made
            shell.ends_at = ends_at
            self._store.put(_key(path), shell, since=self._since)


def _key(path: str) -> tuple[str, str]:
    return "shell", path


def shelf_of(request: HttpRequest) -> Shelf | None:
    """None where no pages are kept, or may be found now."""
    return request.META.get(SHELF)


def find(request: HttpRequest) -> Shell | None:
    """The shell that is kept for the page and is still right."""
    shelf = shelf_of(request)
    return shelf.find(request) if shelf else None


def make(request: HttpRequest, subject: Any, render: Callable[[], str], *tags: str) -> Shell:
    """The shell of the page that `render` gives, under these tags and those that the page names."""
    shelf = shelf_of(request)
    parts, watched = _collect(request)
    pieces = render().split(PLACE)
    tagged = frozenset((*tags, SITE, *dependencies(request)))
    shell = Shell(subject, pieces, parts, watched, tagged, shelf.begun if shelf else NEVER)
    if shelf:
        shelf.leave(request, shell)
    return shell


def _collect(request: HttpRequest) -> tuple[list[Part], list[Watched]]:
    """What `live` and `watch` are told from now on."""
    collected: tuple[list[Part], list[Watched]] = [], []
    vars(request)["shell_parts"], vars(request)["shell_watched"] = collected
    return collected


def live(request: HttpRequest, part: Part) -> SafeString:
    """For a template: a part that is made anew for each page; where no shell is made, its text.

    `part` may ask the request and what the shell is about, and says by `depend` what drops the
    pages that show it.
    """
    parts: list[Part] | None = vars(request).get("shell_parts")
    if parts is None:
        return part(request)
    parts.append(part)
    return PLACE


def watch(request: HttpRequest, look: Callable[..., Any], *of: Any) -> None:
    """Says what else a shell shows that changes without dropping it: `look(request, *of)`.

    Does nothing where no shell is made.
    """
    watched: list[Watched] | None = vars(request).get("shell_watched")
    if watched is not None and (look, of) not in [each[:2] for each in watched]:
        watched.append((look, of, look(request, *of)))
