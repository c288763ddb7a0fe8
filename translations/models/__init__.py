from .attribution import Attribution, Method, Origin, SearchEngines, Treatment
from .sources import Change, Publication, SourceText, SourceWork
from .terms import Exclusivity, Licence, Permission, PermissionKind, PermissionNotice
from .versions import newest_revision, newest_text, published_revisions
from .work import Assignment, Reconciliation

__all__ = [
    "Assignment",
    "Attribution",
    "Change",
    "Exclusivity",
    "Licence",
    "Method",
    "Origin",
    "Permission",
    "PermissionKind",
    "PermissionNotice",
    "Publication",
    "Reconciliation",
    "SearchEngines",
    "SourceText",
    "SourceWork",
    "Treatment",
    "newest_revision",
    "newest_text",
    "published_revisions",
]
