"""What is done with revisions that are there: they get a name, and an old one comes back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import drafts
from articles.models import Article, Revision
from articles.remits import refuse_outside


@transaction.atomic
def label(revision: Revision, *, text: str, by: User) -> None:
    """Names the revision, or takes its name away.

    Raises PermissionDenied or ValidationError. Locks the article.
    """
    if not by.has_perm(drafts.CHANGE_PERMISSION):
        raise PermissionDenied
    refuse_outside(by, drafts.locked(revision.article))
    revision.label = " ".join(text.split())
    revision.clean_fields(exclude=[field.name for field in Revision._meta.fields
                                   if field.name != "label"])  # fmt: skip
    revision.save(update_fields=["label"])


@transaction.atomic
def restore(article: Article, revision: Revision, *, by: User, seen: Revision | None) -> Revision:
    """Writes a draft that says what `revision` said, and returns it. Readers see nothing of it.

    What the revision names and is gone is left out, and what it does not know stays as it is on
    the article's rows. Where the newest says the same already it is returned, so again is
    harmless. Raises PermissionDenied, or StaleDraft where somebody saved after `seen`. Locks the
    article.
    """
    if not by.has_perm(drafts.CHANGE_PERMISSION):
        raise PermissionDenied
    if revision.article_id != article.pk:
        raise ValidationError(_("This revision is another article's."))
    row = drafts.locked(article)
    with drafts.applied(row, revision):
        content = drafts.snapshot(drafts.locked(row))
    newest = drafts.newest(row)
    if newest and not drafts.differences(newest.snapshot, content):
        return newest
    return drafts.save_draft(row, content, by=by, based_on=revision, seen=seen)
