from . import articles, images, pages, people, revisions, stories, subjects

__all__ = ["articles", "images", "pages", "people", "revisions", "stories", "subjects"]
