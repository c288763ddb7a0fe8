"""Votes: one row for each voter and comment, and counters that always agree with the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from comments.models import Comment, Vote
from comments.people import person_key
from comments.refusals import Closed, NoDownVotes, NotPublic, OwnComment
from comments.sanctioned import COLUMNS, STANDING, refuse, standing_of
from operations.composed import prepared_cursor
from operations.models import SiteSettings
from pagecache.drops import drop_soon

VALUES = (1, -1, 0)

# The row and the counters move together or not at all. A repeated vote changes no row, hence no
# counter; a second click that arrives meanwhile waits for the row and sees what the first left.
# Who is shut out changes nothing either; which of both it was is asked where nothing changed.
CAST = """
WITH changed AS (
    INSERT INTO comments_vote AS vote (voter, comment_id, value, previous)
    SELECT %(voter)s::varchar, %(comment)s::bigint, %(value)s::smallint, 0 WHERE NOT EXISTS (
        SELECT FROM comments_sanction_of(%(people)s::text[]) WHERE measure IN ('suspend', 'ban')
    )
    ON CONFLICT (comment_id, voter) DO UPDATE SET previous = vote.value, value = excluded.value
        WHERE vote.value <> excluded.value
    RETURNING comment_id, value, previous
)
UPDATE comments_comment comment SET
    ups = ups + (changed.value = 1)::int - (changed.previous = 1)::int,
    downs = downs + (changed.value = -1)::int - (changed.previous = -1)::int
FROM changed WHERE comment.id = changed.comment_id
RETURNING comment.score
"""
UNCHANGED = f"""
SELECT comment.score, {COLUMNS} FROM comments_comment comment LEFT JOIN {STANDING} ON true
WHERE comment.id = %(comment)s::bigint
"""  # noqa: S608 - of our own text


@dataclass(frozen=True)
class Voter:
    """A member, or a guest by the id in their cookie; a member may carry both."""

    user: User | None = None
    guest_id: UUID | None = None

    @property
    def key(self) -> str:
        return person_key(self.user.pk if self.user else None, self.guest_id)

    @property
    def keys(self) -> list[str]:
        """All that they go by: also what a member was in this browser before signing in."""
        guest = person_key(None, self.guest_id)
        return [key for key in dict.fromkeys((self.key, guest)) if key]

    def wrote(self, comment: Comment) -> bool:
        """Its filter twin is `wrote_it`."""
        if self.user and comment.author_id == self.user.pk:
            return True
        return self.guest_id is not None and comment.guest_id == self.guest_id

    @property
    def wrote_it(self) -> Q:
        """A condition on comments. Its row-wise twin is `wrote`."""
        mine = Q(author=self.user) if self.user else Q(pk=None)
        return mine | Q(guest_id=self.guest_id) if self.guest_id else mine


def vote(
    comment: Comment,
    *,
    voter: Voter,
    value: int,
    site: SiteSettings | None = None,
    now: datetime | None = None,
) -> int:
    """Sets the voter's vote to 1, -1 or 0 (taken back) and returns the comment's score.

    `comment` has its discussion loaded; `site` and `now` are what the caller has read already.
    Raises ValueError for another value, NotPublic, Closed, OwnComment, or NoDownVotes where the
    site takes none; one cast before can be taken back. Sanctioned for who is shut out. Three
    queries at most; takes the voter's turn, locks the vote's row, then the comment's, for one
    statement.
    """
    if value not in VALUES:
        raise ValueError("A vote is 1, -1 or 0.")
    if not comment.is_public:
        raise NotPublic
    site = site or SiteSettings.load()
    if not comment.discussion.accepts(site.comment_policy, at=now):
        raise Closed
    if voter.wrote(comment):
        raise OwnComment
    if value == -1 and not site.allows_down_votes:
        raise NoDownVotes
    score = _cast(comment.pk, voter.key, value, asked=voter.keys)
    drop_soon(comment.discussion.tag)
    return score


def _cast(comment_id: int, key: str, value: int, *, asked: Sequence[str] = ()) -> int:
    """The comment's score afterwards; `asked` is who may be shut out, if anybody is asked about."""
    values = {"voter": key, "comment": comment_id, "value": value, "people": [*asked]}
    with prepared_cursor() as cursor:
        cursor.execute(CAST, values)
        row = cursor.fetchone()
        if row is None:  # nothing changed
            cursor.execute(UNCHANGED, values)
            row = cursor.fetchone()
            refuse(standing_of(*row[1:]))
    return row[0]


@transaction.atomic
def adopt_guest(user: User, guest_id: UUID) -> None:
    """Makes a guest's votes the member's own, at sign-in. Safe to repeat.

    Where the member has voted already, or wrote the comment, the guest's vote is taken back.
    Locks the guest's votes, then their comments one by one, newest first, as whoever posts locks
    the comment answered before its thread's first: so neither waits for the other for ever.
    """
    member, guest = Voter(user=user), Voter(guest_id=guest_id)
    votes = Vote.objects.filter(voter=guest.key).exclude(value=0).order_by("-comment_id")
    given = votes.select_for_update(of=["self"]).select_related("comment")
    for vote_given in given:
        comment_id = vote_given.comment_id
        is_new = not Vote.objects.filter(voter=member.key, comment=comment_id).exists()
        if is_new and vote_given.comment.author_id != user.pk:
            _cast(comment_id, member.key, vote_given.value)
        _cast(comment_id, guest.key, 0)
