"""What a granian worker holds: after its first page, and after two thousand requests.

A site of its own with one worker; its own memory with its share of what processes have in common
(PSS). The load is articles, the front page and conversations, from the cache and not.
"""

from bench.clients import FRESH, Reader, at_once
from bench.machine import memory_mib
from bench.measuring import Row, figure
from bench.serving import granian
from bench.world import Scale, conversation, short_threads


def measure(scale: Scale) -> list[Row]:
    long, short = conversation(scale.rows(10_000)), short_threads(18, 4)
    paths = [long.get_absolute_url(), short.get_absolute_url(), "/",
             f"{long.get_absolute_url()}comments/?sort=best"]  # fmt: skip
    with granian("newsroom.wsgi:application", workers=1) as server:
        worker = max(server.pids, key=memory_mib)
        Reader(server.port).get(paths[0])
        idle = memory_mib(worker)
        at_once(lambda reader: browse(reader, paths, scale.rounds(250)),
                [Reader(server.port) for _client in range(8)])  # fmt: skip
        loaded = memory_mib(worker)
    return [
        figure("memory of a granian worker after its first page", [idle], "MiB"),
        figure("… after 2,000 requests by 8 clients", [loaded], "MiB"),
    ]


def browse(reader: Reader, paths: list[str], number: int) -> None:
    for place in range(number):
        reader.get(paths[place % len(paths)], FRESH if place % 2 else None)
