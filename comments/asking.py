"""What the desk asks readers about passages, and what readers tell the desk of errors in them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import ngettext

from accounts.models import User
from articles.models import Article
from articles.remits import refuse_outside
from comments.models import Discussion, ErrorReport, Passage
from comments.passages import passage_of
from comments.tasks import mail_error_report
from pagecache.drops import drop
from richtext.passages import ArticleText, Selector

ASK = "comments.add_passage"
DECIDE = "comments.change_errorreport"


def find_passage(article: Article, selector: Selector) -> Passage:
    """The unsaved passage that somebody of the desk means.

    Raises ValidationError where the words are not in the text, or stand there more than once and
    nothing says which are meant.
    """
    if not (selector.prefix or selector.suffix):
        times = ArticleText(article.body).count(selector.exact)
        if times > 1:
            raise ValidationError(_times(times), code="ambiguous")
    return passage_of(article, selector)


@transaction.atomic
def ask(passage: Passage, *, by: User) -> None:
    """Puts the question of the unsaved passage to readers.

    Raises PermissionDenied, also for an article outside of the person's remit.
    """
    if not by.has_perm(ASK):
        raise PermissionDenied
    refuse_outside(by, passage.article)
    Discussion.objects.get_or_create(story_id=passage.article.story_id)  # readers load it with
    passage.asked_by = by
    passage.save()
    drop(passage.article.tag)


def _times(number: int) -> str:
    return ngettext(
        "These words stand in the text %(number)d time: add some that stand around them.",
        "These words stand in the text %(number)d times: add some that stand around them.",
        number,
    ) % {"number": number}


@transaction.atomic
def report_error(article: Article, selector: Selector, *, text: str) -> ErrorReport:
    """Tells the desk, and who made the article, by mail. Raises ValidationError as `passage_of`.

    What somebody has reported already, in the same words, is the same report while it is open.
    """
    passage = passage_of(article, selector)
    same = ErrorReport.objects.filter(
        passage__article=article, passage__exact=passage.exact, text=text, status="open"
    )
    if first := same.first():
        return first
    passage.save()
    report = ErrorReport.objects.create(passage=passage, text=text)
    mail_error_report.enqueue(report.pk)  # a row of this transaction: neither lost nor early
    return report


def decide(report: ErrorReport, status: ErrorReport.Status, *, by: User) -> bool:
    """Ends the report as corrected or dismissed; False where somebody has done so before.

    Also for a report that is not the person's to decide. Raises PermissionDenied.
    """
    if not by.has_perm(DECIDE):
        raise PermissionDenied
    waiting = ErrorReport.objects.for_person(by).filter(pk=report.pk, status="open")
    return bool(waiting.update(status=status, decided_by=by, decided_at=Now()))
