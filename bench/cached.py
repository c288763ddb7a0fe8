"""A cached article with 40 comments, against a bare Django view on the same server, and nginx.

All answer with the same bytes, those that a browser gets, to eight connections (wrk where it is
found), in turns. Where there are two cores, and taskset, each server has one to itself, with one
worker, and the load the other one: what is compared is what a core can serve, and not how a load
and a server share it. The bare view runs on granian as the site does and has no middleware at all;
nginx serves the bytes from a file. What granian can do at most with these bytes and headers is told
by an application that does nothing (nothing.py).
"""

import json
import os
import shutil
from pathlib import Path

from django.conf import settings

from bench.clients import Reader
from bench.measuring import Row, ratio, turns
from bench.serving import Server, granian, load, nginx
from bench.world import Scale, short_threads

CORES = sorted(os.sched_getaffinity(0))
SERVED_ON, ASKED_ON = CORES[:2] if CORES[1:] and shutil.which("taskset") else (None, None)
BROTLI = {"Accept-Encoding": "br"}


def measure(scale: Scale) -> list[Row]:
    path = short_threads(8, 4).get_absolute_url()
    with granian("newsroom.wsgi:application", workers=1, core=SERVED_ON) as site:
        return [*compared(scale, site, path, BROTLI), plain(scale, site, path)]


def compared(scale: Scale, site: Server, path: str, asked: dict[str, str]) -> list[Row]:
    """By all others, with the bytes that whoever asks like this gets."""
    answer = Reader(site.port).get(path, asked)
    body, headers = answer.body, json.dumps(answer.headers)
    environment = {"BARE_PAGE": str(kept(body)), "BARE_HEADERS": headers}
    told = {"environment": environment, "workers": 1, "core": SERVED_ON}
    bare, nothing = (granian(f"bench.{name}:application", **told) for name in ("bare", "nothing"))
    with bare as other, nothing as least, nginx(body, core=SERVED_ON) as static:
        addresses = [f"{site.address}{path}", f"{other.address}/", f"{least.address}/"]
        addresses += [f"{static.address}/page"] if static else []
        ours, by_django, by_nothing, *by_nginx = loaded(scale, addresses, asked)
    rows = [
        ratio("cached article, by a bare Django view", ours, by_django, at_least=2.5, unit="/s"),
        ratio("… by an application that does nothing", ours, by_nothing, unit="/s"),
    ]
    what = "cached article, by nginx with a file"
    if by_nginx:
        return [*rows, ratio(what, ours, by_nginx[0], at_least=0.35, unit="/s")]
    return [*rows, Row(what, "nginx was not found", "≥ 0.35 ×")]


def plain(scale: Scale, site: Server, path: str) -> Row:
    """By a bare view once more, for whoever takes no compression."""
    body = Reader(site.port).get(path).body
    told = {"environment": {"BARE_PAGE": str(kept(body))}, "workers": 1, "core": SERVED_ON}
    with granian("bench.bare:application", **told) as bare:
        ours, theirs = loaded(scale, [f"{site.address}{path}", f"{bare.address}/"], {})
    what = f"… not compressed, {len(body) / 1000:.0f} kB: by a bare Django view"
    return ratio(what, ours, theirs, unit="/s")


def kept(body: bytes) -> Path:
    file = Path(settings.DATA_DIR).resolve() / "bare-page"
    file.write_bytes(body)
    return file


def loaded(scale: Scale, addresses: list[str], asked: dict[str, str]) -> list[list[float]]:
    """Answers a second of each, in turns."""
    seconds = 1 if scale.is_quick else 3
    works = [
        lambda address=address: load(address, asked, seconds=seconds, core=ASKED_ON)
        for address in addresses
    ]
    return turns(*works, rounds=scale.rounds(7))
