from .comments import Comment, Status
from .discussions import Discussion
from .votes import Vote

__all__ = ["Comment", "Discussion", "Status", "Vote"]
