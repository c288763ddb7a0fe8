from .comments import Comment, Status
from .discussions import Discussion
from .recent_posts import RecentPost
from .versions import CommentVersion
from .votes import Vote

__all__ = ["Comment", "CommentVersion", "Discussion", "RecentPost", "Status", "Vote"]
