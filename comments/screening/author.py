"""Below the stories of an author who asked for it, each comment waits for a moderator."""

from comments.models import StoryPolicy
from comments.models.moderation import HELD_FOR_AUTHOR
from comments.screening.submission import Finding, Submission


def judge(it: Submission) -> Finding | None:
    """What they close or keep for members is the conversation's rule."""
    is_held = it.comment.discussion.authors_policy == StoryPolicy.HELD
    return Finding(HELD_FOR_AUTHOR) if is_held else None
