"""What people say about pieces of an article's text, as its pages show it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, JSONObject
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.names import shown_name
from articles.models import Article
from comments.models import Comment, Passage, Status
from comments.rows import Row
from richtext.comments import stored_comment_html
from richtext.passages import ArticleText, Mark, Selector
from richtext.reading import for_readers

LATEST = 3  # answers that stand below a question
MOST = 200  # passages that one article marks
QUOTED = 280  # characters of a passage above a comment


def passages_of(article: Article) -> ArraySubquery:
    """For a query: what the article marks, as `Passages` takes it, questions first.

    Questions, and what readers quoted in comments that are public.
    """
    about = Comment.objects.threads().filter(passage=OuterRef("pk"))
    latest = (
        about.public()
        .order_by("-public_at", "-pk")
        .values(
            answer=JSONObject(
                id="pk",
                guest_name="guest_name",
                first_name="author__first_name",
                last_name="author__last_name",
                username="author__username",
                language="language",
                html="html",
                written="public_at",
            )
        )
    )
    shown = Passage.objects.filter(Exists(about) | ~Q(question=""), article=article)
    return ArraySubquery(
        shown.order_by(_quotations_last, "-pk").values(
            passage=JSONObject(
                id="pk",
                exact="exact",
                prefix="prefix",
                suffix="suffix",
                question="question",
                is_closed="is_closed",
                number=number_about(),
                answers=ArraySubquery(latest[:LATEST]),
            )
        )[:MOST]
    )


_quotations_last = Case(When(question="", then=1), default=0)


def number_about() -> Coalesce:
    """For a query of passages: how many public comments there are about each."""
    threads = Comment.objects.threads().filter(passage=OuterRef("pk")).order_by()
    size = F("reply_count") + Case(When(status=Status.PUBLIC, then=1), default=0)
    number = threads.values("passage").annotate(number=Sum(size)).values("number")
    return Coalesce(Subquery(number), 0)


@dataclass(frozen=True)
class Question:
    """What the desk asks readers about a passage, with their latest answers."""

    id: SafeString
    text: str
    quote: str
    is_closed: bool
    number: int
    answers: list[dict[str, Any]]
    is_in_text: bool


class Passages:
    """The passages of one article: where they stand in its text as it is now.

    `found` is what `passages_of` gave. Cheap where nothing was ever quoted: the text is read only
    when it is needed, once.
    """

    def __init__(self, article: Article, found: list[dict[str, Any]]) -> None:
        self.article, self.found = article, found
        self._looked_for: dict[str, bool] = {}

    def __contains__(self, key: int) -> bool:
        return any(each["id"] == key for each in self.found)

    @cached_property
    def text(self) -> ArticleText:
        return ArticleText(self.article.body)

    def stands_in_text(self, exact: str) -> bool:
        if exact not in self._looked_for:
            self._looked_for[exact] = self.text.count(exact) > 0
        return self._looked_for[exact]

    def of_comment(self, row: Row) -> dict[str, Any]:
        """What stands above a comment on a passage: the words, and what has become of them."""
        line: dict[str, Any] = {
            "quote": Truncator(row.quote).chars(QUOTED),
            "question": row.question,
        }
        if row.article_id == self.article.pk:
            stands = self.stands_in_text(row.quote)
            line["quote_place" if stands else "quote_has_changed"] = SafeString(row.passage_id)
        return line

    @cached_property
    def questions(self) -> list[Question]:
        return [self._question(each) for each in self.found if each["question"]]

    @property
    def homeless(self) -> list[Question]:
        """Questions on words that are not in the text any more."""
        return [question for question in self.questions if not question.is_in_text]

    def marked(self, *, accepts: bool) -> SafeString:
        """The article's text as safe HTML with its passages marked, questions below them."""
        if not self.found:
            return for_readers(self.article.body)
        questions = {question.id: question for question in self.questions}
        marks = [
            self._mark(each["id"], place, questions.get(SafeString(each["id"])), accepts=accepts)
            for each in self.found
            if (place := self._places[each["id"]])
        ]
        return self.text.marked(marks)

    def _mark(self, key: int, place: range, question: Question | None, *, accepts: bool) -> Mark:
        if question is None:
            return Mark(place, key, "passage")
        context = {"question": question, "article": self.article, "accepts": accepts}
        return Mark(
            place,
            key,
            "passage passage-asked",
            after=_rendered("comments/_question_bubble.html", context),
            below=_rendered("comments/_question.html", context),
        )

    @cached_property
    def _places(self) -> dict[int, range | None]:
        return {
            each["id"]: self.text.find(Selector(each["exact"], each["prefix"], each["suffix"]))
            for each in self.found
        }

    def _question(self, each: dict[str, Any]) -> Question:
        return Question(
            id=SafeString(each["id"]),
            text=each["question"],
            quote=Truncator(each["exact"]).chars(QUOTED),
            is_closed=each["is_closed"],
            number=each["number"],
            answers=[_answer(answer) for answer in each["answers"]],
            is_in_text=self._places[each["id"]] is not None,
        )


def _rendered(template: str, context: dict[str, Any]) -> SafeString:
    return SafeString(render_to_string(template, context).strip())


def _answer(data: dict[str, Any]) -> dict[str, Any]:
    name = data["guest_name"] or shown_name(data["first_name"], data["last_name"], data["username"])
    return {
        "id": SafeString(data["id"]),
        "name": name,
        "language": data["language"],
        "html": stored_comment_html(data["html"]),
        "written": parse_datetime(data["written"]),
    }


def passage_of(article: Article, selector: Selector) -> Passage:
    """The unsaved passage where a reader's words stand in the text as it is now. One query.

    Raises ValidationError where they do not.
    """
    text = ArticleText(article.body)
    place = text.find(selector)
    if place is None:
        raise ValidationError(_("These words are not in the text, or no longer."), code="changed")
    revision = article.published_revision
    return Passage(article=article, revision=revision, **text.selector_at(place)._asdict())
