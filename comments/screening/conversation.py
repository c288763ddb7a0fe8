"""Nobody writes where the conversation is closed, to all or to guests; nor who has just left."""

from comments.refusals import Closed, MembersOnly
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if it.is_import:
        return
    discussion = it.comment.discussion
    if not discussion.accepts(it.site.comment_policy, at=it.now):
        raise Closed
    is_barred = discussion.is_for_members and it.comment.author_id is None and not it.is_edit
    if is_barred or it.facts.has_left:
        raise MembersOnly
