"""Time to the first byte of a cached article for fifty readers at once.

Each asks, reads, and rests for a tenth of a second, so that about five hundred requests a second
arrive: what is measured is the answer, not the queue of a machine that can do no more.
"""

import time

from bench.clients import Reader, at_once
from bench.measuring import Row, figure
from bench.serving import site
from bench.world import Scale, short_threads

READERS, REST = 50, 0.1


def measure(scale: Scale) -> list[Row]:
    path, port = short_threads(18, 4).get_absolute_url(), site().port

    def read(number: int) -> list[float]:
        reader = Reader(port)
        time.sleep(REST * number / READERS)
        times = []
        for _page in range(scale.rounds(50)):
            times.append(reader.get(path).first_byte)
            time.sleep(REST)
        return times[1:]

    found, _took = at_once(read, range(READERS))
    times = [each for reader in found for each in reader]
    what = "first byte of a cached article, 50 readers"
    return [figure(what, times, "ms", percentiles=(50, 95, 99))]
