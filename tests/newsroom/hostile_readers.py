"""Readers who write the corpus of hostile input, and others who write nothing but words."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Article
from comments.models import Comment
from comments.moderating import approve
from comments.posting import post
from comments.refusals import Refused
from operations.clock import database_now
from tests.builders import make_colleague
from tests.comments.builders import make_guest, write
from tests.newsroom.hostile import CORPUS


def attempt(article: Article, *, text: str = "", name: str = "Ines Halloran") -> Comment | None:
    """The comment as readers see it; None where its words are refused."""
    try:
        with transaction.atomic():
            return post(article, text=text or f"Said by {len(name)} signs.", now=database_now(),
                        guest=make_guest(name=name))  # fmt: skip
    except (ValidationError, Refused):
        return None


def say_all(article: Article) -> list[Comment]:
    """Each vector as a text and as a name, and what is held lets a moderator in."""
    moderator = make_colleague("moderator")
    said = [attempt(article, text=vector) for vector in CORPUS]
    said += [attempt(article, name=vector) for vector in CORPUS]
    comments = [comment for comment in said if comment]
    for comment in comments:
        approve(comment, by=moderator)
    return comments


def say_harmlessly(article: Article, number: int) -> list[Comment]:
    moderator = make_colleague("moderator")
    said = [write(article, text=f"Nothing but words, {place}.") for place in range(number)]
    for comment in said:
        approve(comment, by=moderator)
    return said
