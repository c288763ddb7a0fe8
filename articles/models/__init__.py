from .corrections import Correction, CorrectionKind
from .images import Image
from .pages import Page
from .people import Contribution, Contributor, Role
from .revisions import Revision, RevisionKind
from .stories import PUBLIC, Article, ArticleQuerySet, State, Status, Story
from .subjects import Section, Topic

__all__ = [
    "PUBLIC",
    "Article",
    "ArticleQuerySet",
    "Contribution",
    "Contributor",
    "Correction",
    "CorrectionKind",
    "Image",
    "Page",
    "Revision",
    "RevisionKind",
    "Role",
    "Section",
    "State",
    "Status",
    "Story",
    "Topic",
]
