from .appeals import Appeal
from .comments import Comment
from .discussions import Discussion, StoryPolicy, tags_of_talk, talk_tag
from .erasures import Erasure
from .flags import Flag
from .imports import ImportedComment
from .marks import DeskMark
from .moderation import ModerationEntry, Reason, Status
from .notices import Notice
from .participants import Participant
from .passages import ErrorReport, Passage
from .protections import Protection
from .recent_posts import RecentPost
from .sanctions import Sanction
from .searching import SearchText
from .subscriptions import DigestEntry, Follower, Frequency, Kind, SendLog, Subscription
from .traces import Trace
from .versions import CommentVersion
from .votes import Vote

__all__ = [
    "Appeal",
    "Comment",
    "CommentVersion",
    "DeskMark",
    "DigestEntry",
    "Discussion",
    "Erasure",
    "ErrorReport",
    "Flag",
    "Follower",
    "Frequency",
    "ImportedComment",
    "Kind",
    "ModerationEntry",
    "Notice",
    "Participant",
    "Passage",
    "Protection",
    "Reason",
    "RecentPost",
    "Sanction",
    "SearchText",
    "SendLog",
    "Status",
    "StoryPolicy",
    "Subscription",
    "Trace",
    "Vote",
    "tags_of_talk",
    "talk_tag",
]
