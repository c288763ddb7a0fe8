"""Asking what is known of a writer: one query, on the way that claims the post's key."""

from datetime import timedelta
from typing import Any

from psycopg.types.numeric import Int8

from accounts.names import LEFT, name_key
from articles.bylines import BEARERS
from comments import sanctioned
from comments.screening.crowd import MANY
from comments.screening.facts import Facts
from comments.screening.submission import Submission
from comments.trust import LOOK_BACK, SETTLED_HOURS, Record, Trust, trust_of
from comments.voting import Voter
from operations.composed import prepared_cursor
from operations.pipelines import pipeline

LATELY = timedelta(minutes=10)
LONG_ENOUGH = 40  # characters: shorter texts are said again and again by honest people
# What is asked after it has one plan for all values: to plan anew took longer than to answer. It
# goes by indexes: a plan that was made while a table was small reads it whole, and is kept, while
# the table grows, until it is analyzed again. What has no index is dear then: no reason to compile.
TURN = """
SELECT pg_advisory_xact_lock(comments_turn_of(%(person)s::text)),
    set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
"""
# The newest of theirs by index, whatever became of them, also of what they erased once it had been
# taken away; nothing else of the tables is read.
OWN = f"""
own AS (
    SELECT * FROM (
        (SELECT id, status, reviewed_at, created_at, discussion_id, text FROM comments_comment
            WHERE author_id = %(member)s::bigint ORDER BY id DESC LIMIT {LOOK_BACK})
        UNION ALL
        (SELECT id, status, reviewed_at, created_at, discussion_id, text FROM comments_comment
            WHERE guest_id = %(guest)s::uuid ORDER BY id DESC LIMIT {LOOK_BACK})
        UNION ALL
        (SELECT 0, status, NULL, written_at, NULL, NULL FROM comments_erasure
            WHERE person = ANY(%(people)s::text[]) ORDER BY written_at DESC LIMIT {LOOK_BACK})
    ) written WHERE id IS DISTINCT FROM %(comment)s::bigint
    ORDER BY created_at DESC, id DESC LIMIT {LOOK_BACK}
)
"""  # noqa: S608 - a constant's number
RECORD = f"""
    count(*) FILTER (WHERE status = 'public' AND (reviewed_at IS NOT NULL
        OR created_at < statement_timestamp() - interval '{SETTLED_HOURS} hours')),
    count(*) FILTER (WHERE status IN ('removed', 'spam')),
    count(*) FILTER (WHERE status = 'spam')
"""
RECORD_ALONE = f"WITH {OWN} SELECT {RECORD} FROM own"  # noqa: S608
FACTS = f"""
WITH here AS (
    SELECT id FROM comments_discussion WHERE story_id = %(story)s::bigint
), {OWN}, known AS (SELECT {RECORD},
    count(*) FILTER (WHERE created_at > %(now)s - %(lately)s),
    coalesce(bool_or(text = %(text)s::text
        AND discussion_id IS DISTINCT FROM (SELECT id FROM here)), false),
    (SELECT wrote_at FROM comments_participant
        WHERE writer = %(person)s::text AND discussion_id = (SELECT id FROM here)),
    EXISTS (SELECT FROM comments_trace trace JOIN comments_comment sent ON sent.id = comment_id
        WHERE network = %(network)s::text AND fingerprint = %(fingerprint)s::text
        AND sent.discussion_id IS DISTINCT FROM (SELECT id FROM here)
        AND sent.id IS DISTINCT FROM %(comment)s::bigint),
    (SELECT count(*) FROM (SELECT FROM comments_trace
        WHERE network = %(network)s::text LIMIT {MANY + 1}) near),
    EXISTS (SELECT FROM accounts_user WHERE name_key = %(name)s::text),
    EXISTS ({BEARERS}),
    EXISTS (SELECT FROM accounts_user WHERE id = %(member)s::bigint
        AND starts_with(username, '{LEFT}'))
FROM own)
SELECT known.*, {sanctioned.COLUMNS} FROM known LEFT JOIN {sanctioned.STANDING} ON true
"""  # noqa: S608


def send_turn(person: str, *, by: Any) -> None:
    """Waits until nobody else writes as this person, and is theirs until the transaction ends.

    What is asked of them after it is exact. The first lock of whoever takes it: see the table in
    docs/architecture.md.
    """
    by.execute(TURN, {"person": person})


def send_facts(sent: Submission, *, by: Any) -> None:
    comment, is_traced = sent.comment, bool(sent.network)
    is_long = len(sent.text) >= LONG_ENOUGH
    by.execute(
        FACTS,
        {
            "name": name_key(comment.guest_name) or None,
            "network": sent.mark if is_traced else None,
            "fingerprint": sent.fingerprint if is_traced and is_long else None,
            **_theirs(sent.sender),
            "comment": _number(comment.pk),
            "story": Int8(sent.story_id),
            "text": sent.text if is_long else None,
            "now": sent.now,
            "lately": LATELY,
        },
    )


def receive_facts(sent: Submission, *, by: Any) -> None:
    """Gives the submission its facts, and what was decided about its sender."""
    stood, rejected, spam, lately, is_said, at, is_sent, near, *who = by.fetchone()
    *who, measure, reason, note, ends_at = who
    record = Record(stood, rejected, spam, is_staff=_is_staff(sent.sender))
    sent.facts = Facts(record, lately, at, is_said, is_sent, near, *who)
    sent.standing = sanctioned.standing_of(measure, reason, note, ends_at)


def learn(sent: Submission) -> None:
    """Takes the sender's turn and gives the submission its facts. Two queries on one way."""
    with prepared_cursor() as waiting, prepared_cursor() as knowing:
        with pipeline():
            send_turn(sent.sender.key, by=waiting)
            send_facts(sent, by=knowing)
        receive_facts(sent, by=knowing)


def trust_of_person(person: Voter) -> Trust:
    """How far they are trusted now, for whatever else hangs on it. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(RECORD_ALONE, _theirs(person) | {"comment": None})
        stood, rejected, spam = cursor.fetchone()
    return trust_of(Record(stood, rejected, spam, is_staff=_is_staff(person)))


def _theirs(person: Voter) -> dict[str, Any]:
    member, guest = person.user, person.guest_id
    return {
        "person": person.key,
        "people": person.keys,
        "member": _number(member.pk if member else None),
        "guest": str(guest) if guest else None,
    }


def _is_staff(person: Voter) -> bool:
    return bool(person.user and person.user.is_staff)


def _number(key: int | None) -> Int8 | None:
    return None if key is None else Int8(key)  # of one width: prepared once
