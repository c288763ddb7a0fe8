from . import addresses, articles, images, pages, people, revisions, stories, subjects

__all__ = [
    "addresses",
    "articles",
    "images",
    "pages",
    "people",
    "revisions",
    "stories",
    "subjects",
]
