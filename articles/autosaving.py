"""What somebody typed into an article's form and did not save: kept, offered again, forgotten."""

import json
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.tasks import task
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Autosave, Revision

type Fields = dict[str, list[str]]

KEY = "autosave_key"  # the field by which an opened form tells its own text from another's
MAX_BYTES = 1_000_000
KEPT = timedelta(days=30)
PRESENT = timedelta(minutes=2)

UPSERT = """
INSERT INTO articles_autosave AS kept (article_id, user_id, based_on_id, fields)
VALUES (%s, %s, %s, %s::jsonb)
ON CONFLICT (article_id, user_id) DO UPDATE
SET based_on_id = excluded.based_on_id, fields = excluded.fields, saved_at = statement_timestamp()
WHERE kept.fields -> %s IS NOT DISTINCT FROM excluded.fields -> %s
RETURNING saved_at
"""


class TooLong(ValidationError):  # noqa: N818  the word of the newsroom
    """More than MAX_BYTES."""

    def __init__(self) -> None:
        super().__init__(
            _("This is too long to be kept while you type: save it as a draft."), code="too_long"
        )


class KeptElsewhere(ValidationError):  # noqa: N818  the word of the newsroom
    """Another form's text waits in this one's place, and is not overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Kept in this browser: another text of yours for this article waits, from an "
                "earlier time or another tab. Save it or throw it away first."
            ),
            code="elsewhere",
        )


def keep(
    article: Article | None, *, by: User, fields: Fields, based_on: Revision | None
) -> datetime:
    """Keeps the form's fields in place of what the same form sent before; when that was.

    None stands for an article that was never saved. Nobody else reads it, and no right is asked
    for here. Raises TooLong, or KeptElsewhere where another form of the same person, which `KEY`
    tells apart, has left something. One statement, which waits for no one who saves.
    """
    clean = {name: [each.replace("\0", "") for each in values] for name, values in fields.items()}
    text = json.dumps(clean, ensure_ascii=False)
    if len(text.encode()) > MAX_BYTES:
        raise TooLong
    article_id, base_id = article.pk if article else None, based_on.pk if based_on else None
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [article_id, by.pk, base_id, text, KEY, KEY])
        row = cursor.fetchone()
    if row is None:
        raise KeptElsewhere
    return row[0]


def offered(article: Article | None, *, by: User) -> Autosave | None:
    """What the person typed and did not save. One query."""
    return _of(article, by=by).select_related("based_on").first()


def forget(article: Article | None, *, by: User, key: str) -> None:
    """Once it is saved or thrown away: what the form with this key left. Without one, nothing."""
    if key:
        _of(article, by=by).filter(**{f"fields__{KEY}": [key]}).delete()


def present(article: Article | None, *, beside: User) -> list[User]:
    """Who else has typed in the article within two minutes. One query."""
    if article is None:
        return []
    typing = Autosave.objects.filter(article=article, saved_at__gt=Now() - PRESENT)
    return list(User.objects.filter(pk__in=typing.values("user")).exclude(pk=beside.pk))


@task()
def forget_old_autosaves() -> int:
    """What was typed a month ago and never saved; how many texts. May run twice."""
    return Autosave.objects.filter(saved_at__lte=Now() - KEPT).delete()[0]


def _of(article: Article | None, *, by: User) -> QuerySet[Autosave]:
    place = {"article": article} if article else {"article__isnull": True}
    return Autosave.objects.filter(user=by, **place)
