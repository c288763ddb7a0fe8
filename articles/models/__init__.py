from .corrections import Correction, CorrectionKind
from .images import Image, pictures_named
from .pages import Page
from .people import Contribution, Contributor, ContributorQuerySet, Role
from .places import Redirect, RedirectKind, Slot
from .readership import Readership
from .reviewing import Remit, ReviewEntry, ReviewKind, ReviewState
from .revisions import Revision, RevisionKind
from .searching import SearchText
from .standing import Standing
from .stories import PUBLIC, Article, ArticleQuerySet, State, Status, Story, story_tag
from .subjects import Section, Series, Topic
from .writing import Autosave, LinkCheck, PreviewLink

__all__ = [
    "PUBLIC",
    "Article",
    "ArticleQuerySet",
    "Autosave",
    "Contribution",
    "Contributor",
    "ContributorQuerySet",
    "Correction",
    "CorrectionKind",
    "Image",
    "LinkCheck",
    "Page",
    "PreviewLink",
    "Readership",
    "Redirect",
    "RedirectKind",
    "Remit",
    "ReviewEntry",
    "ReviewKind",
    "ReviewState",
    "Revision",
    "RevisionKind",
    "Role",
    "SearchText",
    "Section",
    "Series",
    "Slot",
    "Standing",
    "State",
    "Status",
    "Story",
    "Topic",
    "pictures_named",
    "story_tag",
]
