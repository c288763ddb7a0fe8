from .comments import Comment
from .discussions import Discussion, StoryPolicy
from .moderation import ModerationEntry, Reason, Status
from .participants import Participant
from .passages import ErrorReport, Passage
from .recent_posts import RecentPost
from .searching import SearchText
from .subscriptions import DigestEntry, Follower, Frequency, Kind, SendLog, Subscription
from .traces import Trace
from .versions import CommentVersion
from .votes import Vote

__all__ = [
    "Comment",
    "CommentVersion",
    "DigestEntry",
    "Discussion",
    "ErrorReport",
    "Follower",
    "Frequency",
    "Kind",
    "ModerationEntry",
    "Participant",
    "Passage",
    "Reason",
    "RecentPost",
    "SearchText",
    "SendLog",
    "Status",
    "StoryPolicy",
    "Subscription",
    "Trace",
    "Vote",
]
