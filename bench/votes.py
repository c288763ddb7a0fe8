"""Votes from sixteen clients: our one statement, against SELECT FOR UPDATE and what follows it.

Both at the database, in turns of some seconds, by four processes with four connections each. Few
voters, so that one is often at two clients at once, which is a double click: after all turns every
counter must equal the rows. Spread over a thousand comments, and all on one.
"""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from bench.measuring import Row, fact, ratio, turns
from bench.world import Scale, conversation
from comments.checking import VOTES, _rows
from comments.models import Comment
from comments.voting import CAST

PROCESSES, VOTERS = 4, 200
BOUNDS = {"spread over 1,000 comments": 2.5, "on one comment": 1.5}


def measure(scale: Scale) -> list[Row]:
    article = conversation(scale.rows(10_000))
    ids = list(Comment.objects.of_article(article).public().values_list("pk", flat=True)[:1000])
    rows = []
    for where, comments in zip(BOUNDS, (ids, ids[:1]), strict=True):
        ours, locked = turns(
            lambda comments=comments: cast(comments, CAST, seconds(scale)),
            lambda comments=comments: cast(comments, "", seconds(scale)),
            rounds=scale.rounds(7),
        )
        what = f"votes of 16 clients {where}, by SELECT FOR UPDATE"
        rows.append(ratio(what, ours, locked, at_least=BOUNDS[where], unit="/s"))
    exact = not _rows(VOTES)
    return [*rows, fact("every counter equals its votes after double clicks", exact, "checked")]


def seconds(scale: Scale) -> float:
    return 0.5 if scale.is_quick else 3


def cast(comments: list[int], statement: str, seconds: float) -> float:
    """Votes a second, cast with this statement, or with a lock where there is none."""
    told = {"conninfo": conninfo(), "comments": comments, "statement": statement,
            "voters": VOTERS, "seconds": seconds}  # fmt: skip
    crowd = [_client(told | {"number": number}) for number in range(PROCESSES)]
    for process in crowd:
        process.stdout.readline()
    for process in crowd:
        process.stdin.write("\n")
        process.stdin.flush()
    votes = sum(int(process.communicate()[0]) for process in crowd)
    return votes / seconds


def _client(told: dict[str, Any]) -> Any:
    command = [sys.executable, "-m", "bench.voting_clients"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, **pipes)
    process.stdin.write(json.dumps(told) + "\n")
    process.stdin.flush()
    return process


def conninfo() -> str:
    """Of the database that Django uses."""
    parameters = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return make_conninfo(**{name: parameters[name] for name in names if parameters.get(name)})
