"""A form that is sent twice, by a double click or for want of an answer, does what it says once."""

import hashlib
import json
import re
import secrets
from typing import Any

from django.db import connection
from django.http import HttpRequest

from articles import drafts
from articles.autosaving import KEY
from articles.comparing import Content, compared
from articles.models import Article, Revision, RevisionKind

FORM_KEY = "form_key"  # the field by which one opened form of a new article is told from another
NO_WORDS = {"csrfmiddlewaretoken", "person", KEY}
_key = re.compile(r"[\w-]{16,64}", re.ASCII)
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def form_key(request: HttpRequest) -> str:
    """The key of the form that was sent, or one for a form that is shown first."""
    return _sent_key(request) or secrets.token_urlsafe(16)


def digest_of(request: HttpRequest) -> str:
    """Stands for one opened form and all that it says, whichever button sent it; else empty."""
    if not _sent_key(request):
        return ""
    said = {name: values for name, values in request.POST.lists()
            if name not in NO_WORDS and not name.startswith("_")}  # fmt: skip
    text = json.dumps([request.user.pk, said], sort_keys=True)
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def made_by(request: HttpRequest) -> Article | None:
    """The article that this very form has made already.

    Whoever sends it in the same moment waits for the end of the transaction. Two queries at most.
    """
    digest = digest_of(request)
    if not digest:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [digest])
    return Article.objects.filter(form_digest=digest).first()


def is_said(article: Article, typed: Content, *, newest: Revision, sent: Any) -> bool:
    """Whether `newest` is what came of a form that says `typed` and was sent by these buttons."""
    if "_discard" in sent:  # first keeps what was typed, then goes back to what readers see
        before = article.revisions.filter(number=newest.number - 1)
        said = None if drafts.has_unpublished_changes(article) else before.first()
    else:
        is_of_button = ("_publish" in sent) == (newest.kind == RevisionKind.PUBLISHED)
        said = newest if is_of_button else None
    return said is not None and not compared(said.snapshot, typed)


def _sent_key(request: HttpRequest) -> str:
    key = request.POST.get(FORM_KEY, "")
    return key if _key.fullmatch(key) else ""
