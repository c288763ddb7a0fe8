from .comments import Comment, Status
from .discussions import Discussion
from .participants import Participant
from .passages import ErrorReport, Passage
from .recent_posts import RecentPost
from .searching import SearchText
from .subscriptions import DigestEntry, Follower, Frequency, Kind, SendLog, Subscription
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
    "Participant",
    "Passage",
    "RecentPost",
    "SearchText",
    "SendLog",
    "Status",
    "Subscription",
    "Vote",
]
