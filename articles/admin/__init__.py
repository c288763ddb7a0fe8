from . import addresses, articles, images, pages, people, remits, revisions, stories, subjects

__all__ = [
    "addresses",
    "articles",
    "images",
    "pages",
    "people",
    "remits",
    "revisions",
    "stories",
    "subjects",
]
