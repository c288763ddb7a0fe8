"""Four clients that vote, in a process of their own: python -m bench.voting_clients.

Reads a line of JSON, connects, says "ready", waits for a line, votes for a while, and says how many
votes it cast. In both forms statements are prepared on the connection, as those of the site's votes
are. Imports nothing of Django, to be there at once.
"""

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

CLIENTS = 4
# What an application does that locks first: five statements and two round trips more. Whether the
# voter is shut out is asked by both.
SANCTION = "SELECT measure FROM comments_sanction_of(ARRAY[%s])"
LOCK = "SELECT ups, downs FROM comments_comment WHERE id = %s FOR UPDATE"
KNOWN = "SELECT value FROM comments_vote WHERE voter = %s AND comment_id = %s"
CHANGE = (
    "UPDATE comments_vote SET previous = value, value = %s WHERE voter = %s AND comment_id = %s"
)
ADD = "INSERT INTO comments_vote (voter, comment_id, value, previous) VALUES (%s, %s, %s, 0)"
COUNT = "UPDATE comments_comment SET ups = %s, downs = %s WHERE id = %s"


class Client:
    def __init__(self, told: dict[str, Any], number: int) -> None:
        self._told, self._chance = told, random.Random(number)
        self._connection = psycopg.connect(told["conninfo"], autocommit=True)
        self._vote = self._in_one_statement if told["statement"] else self._with_a_lock

    def vote(self, ends: float) -> int:
        """Votes until then, of a few voters, each of whom is two clients now and then."""
        votes, chance = 0, self._chance
        comments, voters = self._told["comments"], self._told["voters"]
        while time.monotonic() < ends:
            voter = f"guest:{chance.randrange(voters)}"
            self._vote(voter, chance.choice(comments), chance.choice((1, 1, 1, -1, 0)))
            votes += 1
        return votes

    def close(self) -> None:
        self._connection.close()

    def _in_one_statement(self, voter: str, comment: int, value: int) -> None:
        values = {"voter": voter, "people": [voter], "comment": comment, "value": value}
        self._connection.execute(self._told["statement"], values)

    def _with_a_lock(self, voter: str, comment: int, value: int) -> None:
        with self._connection.transaction():
            self._connection.execute(SANCTION, [voter])
            ups, downs = self._connection.execute(LOCK, [comment]).fetchone()
            known = self._connection.execute(KNOWN, [voter, comment]).fetchone()
            before = known[0] if known else 0
            if known:
                self._connection.execute(CHANGE, [value, voter, comment])
            else:
                self._connection.execute(ADD, [voter, comment, value])
            ups += (value == 1) - (before == 1)
            downs += (value == -1) - (before == -1)
            self._connection.execute(COUNT, [ups, downs, comment])


def main() -> None:
    told = json.loads(sys.stdin.readline())
    clients = [Client(told, told["number"] * CLIENTS + each) for each in range(CLIENTS)]
    print("ready", flush=True)
    sys.stdin.readline()
    ends = time.monotonic() + told["seconds"]
    with ThreadPoolExecutor(CLIENTS) as pool:
        print(sum(pool.map(lambda client: client.vote(ends), clients)), flush=True)


if __name__ == "__main__":
    main()
