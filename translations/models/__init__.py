from .attribution import Attribution, Method, Origin, SearchEngines, Treatment
from .sources import Change, Publication, SourceText, SourceWork
from .terms import Exclusivity, Licence, Permission, PermissionKind
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
    "Publication",
    "Reconciliation",
    "SearchEngines",
    "SourceText",
    "SourceWork",
    "Treatment",
]
