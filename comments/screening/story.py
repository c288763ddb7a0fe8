"""Where the site or the story holds comments first, each waits for a moderator."""

from comments.models import StoryPolicy
from comments.models.moderation import HELD_FIRST
from comments.screening.submission import Finding, Submission
from operations.models import CommentPolicy


def judge(it: Submission) -> Finding | None:
    of_story = it.comment.discussion.policy
    holds = it.site.comment_policy == CommentPolicy.HELD or of_story == StoryPolicy.HELD
    return Finding(HELD_FIRST) if holds else None
