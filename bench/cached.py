"""A cached article with 40 comments, against a bare Django view on the same server, and nginx.

All answer with the same 60 kB, not compressed, to eight connections (wrk where it is found), in
turns. The bare view runs on granian with as many workers and threads and has no middleware at all;
nginx serves the bytes from a file with one worker for each core. What granian can do at most with
these bytes is told by an application that does nothing (nothing.py).
"""

from pathlib import Path

from django.conf import settings

from bench.clients import Reader
from bench.measuring import Row, ratio, turns
from bench.serving import Server, granian, load, nginx, site
from bench.world import Scale, short_threads


def measure(scale: Scale) -> list[Row]:
    path = short_threads(8, 4).get_absolute_url()
    body = Reader(site().port).get(path).body
    file = Path(settings.DATA_DIR).resolve() / "bare-page"
    file.write_bytes(body)
    told = {"environment": {"BARE_PAGE": str(file)}}
    bare, nothing = (granian(f"bench.{name}:application", **told) for name in ("bare", "nothing"))
    with bare as other, nothing as least, nginx(body) as static:
        return compared(scale, path, [other, least], static)


def compared(scale: Scale, path: str, others: list[Server], static: Server | None) -> list[Row]:
    seconds = 1 if scale.is_quick else 3
    addresses = [f"{site().address}{path}", *(f"{other.address}/" for other in others)]
    if static:
        addresses.append(f"{static.address}/page")
    works = [lambda address=address: load(address, seconds=seconds) for address in addresses]
    ours, bare, nothing, *files = turns(*works, rounds=scale.rounds(7))
    rows = [
        ratio("cached article, by a bare Django view", ours, bare, at_least=2.5, unit="/s"),
        ratio("… by an application that does nothing", ours, nothing, unit="/s"),
    ]
    what = "cached article, by nginx with a file"
    if files:
        return [*rows, ratio(what, ours, files[0], at_least=0.35, unit="/s")]
    return [*rows, Row(what, "nginx was not found", "≥ 0.35 ×")]
