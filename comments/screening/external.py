"""What a check outside of this site says: it may hold a comment, and never let one through.

Operators name a function by COMMENT_CHECK (docs/deployment.md). It is called before the
transaction, in a thread, for COMMENT_CHECK_SECONDS at most. Whatever goes wrong, the comment is
held for a moderator: nothing is lost, and nothing gets through.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from comments.models import Reason
from comments.screening.submission import Finding, Submission

RULE, FAILED = "external", "external_failed"
AT_ONCE = 4  # calls in each process; one that finds no thread in time counts as failed
log = logging.getLogger("newsroom.comments")


@dataclass(frozen=True)
class Question:
    """All that the function learns of a comment. It returns '' or None, or one of `Reason`'s
    values, such as "spam", and may raise."""

    text: str
    html: str
    name: str
    email: str
    language: str
    address: str  # of the story's page
    network: str  # such as 203.0.113.0/24; '' where nobody knows
    is_member: bool
    is_edit: bool


def judge(it: Submission) -> Finding | None:
    return it.outside


def ask(it: Submission) -> Finding | None:
    """What the check has found. Waits for its answer; call it outside of a transaction."""
    if not settings.COMMENT_CHECK:
        return None
    answer: Future[str] | None = None
    try:
        answer = _threads().submit(_call, settings.COMMENT_CHECK, _question(it))
        reason = answer.result(timeout=settings.COMMENT_CHECK_SECONDS)
    except Exception as error:  # whatever it was, a person decides
        if answer:
            answer.cancel()
        log.warning("The check of a comment failed", exc_info=True)
        return Finding(FAILED, detail=type(error).__name__)
    if not reason:
        return None
    return Finding(RULE, reason if reason in Reason.values else Reason.OTHER)


def _question(it: Submission) -> Question:
    comment = it.comment
    return Question(
        text=it.text,
        html=it.html,
        name=comment.name,
        email=comment.author.email if comment.author else comment.guest_email,
        language=comment.language,
        address=settings.SITE_URL + comment.article.get_absolute_url(),
        network=it.network,
        is_member=comment.author is not None,
        is_edit=it.is_edit,
    )


def _call(path: str, question: Question) -> str:
    try:
        return import_string(path)(question) or ""
    finally:
        connections.close_all()  # of this thread, if it asked the database anything


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="comment-check")
