"""The form of an article that readers may see already: what is saved there is a draft.

The form works on the article's rows, as any form of the admin, while they say what the draft says
(`drafts.applied`). Saving reads them, has them rolled back and writes the draft; publishing lets
them stay.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from articles import drafts
from articles.admin import conflicts, repeating, reviewing
from articles.admin.checklist_panel import warnings_in_the_way
from articles.admin.desk import DeskAdmin, LocksWhatIsSent
from articles.admin.refusals import refuse_what_is_wrong, what_refused
from articles.admin.restoring import OffersTyped, tell_browser
from articles.correcting import may_correct
from articles.models import Article, Revision, RevisionKind, State, Status
from articles.publishing import PERMISSION, publish_as_written, withdraw
from articles.times import said_of_beginning
from operations.clock import database_now

BUTTONS = ("_publish", "_withdraw", "_discard")  # that do more than save


@dataclass
class Writing:
    """One request's work on an article. `base` is the revision that its form began from.

    `repeats` is the revision that the same form has written already.
    """

    repeats: Revision | None = None
    base: Revision | None = None
    seen: Revision | None = None
    scope: drafts.Applied | None = None
    content: dict[str, Any] | None = None  # typed over a public article, and yet to be a draft
    is_minor: bool = False
    has_changes: bool = False

    @property
    def is_published(self) -> bool:
        return self.repeats is not None and self.repeats.kind == RevisionKind.PUBLISHED


class DraftingAdmin(OffersTyped, LocksWhatIsSent, DeskAdmin):
    """An admin of articles whose form shows and saves the newest draft."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form again, with what was typed, where a verb refuses: nothing is saved then."""
        context = extra_context or {}
        view = partial(self._form, request, object_id, form_url, context)
        if request.method != "POST":
            return view()
        sent = request.POST
        try:
            return tell_browser(request, view())
        except ValidationError as refused:
            told = what_refused(refused)
            context["warnings"] = warnings_in_the_way(refused)
            is_stale = isinstance(refused, drafts.StaleDraft)
        request.POST = sent
        if object_id is not None and is_stale and self._is_sent_again(request, object_id, view):
            return self.changeform_view(request, object_id, form_url, extra_context)
        if object_id is not None and (is_stale or conflicts.is_open(sent)):
            return self._met(request, object_id, view, told)
        _carry(request, **told)
        return view()

    def _met(
        self, request: HttpRequest, object_id: str, view: Any, told: dict[str, Any]
    ) -> HttpResponse:
        """The form again, with what somebody saved meanwhile and what is to be decided."""
        with transaction.atomic():
            article = self.get_object(request, unquote(object_id))
            newest = drafts.newest(article) if article is not None else None
            if article is None or newest is None:
                _carry(request, **told)
                return view()
            typed = self._typed(request, view)
            writing = writing_of(request)
            article.refresh_from_db()
            shown, sent = conflicts.conflict(
                request.POST,
                typed=typed,
                theirs=newest,
                article=article,
                base=writing.base,
                seen=writing.seen,
            )
            request.POST = cast(Any, sent)
            _carry(request, conflict=shown, **told)
            return view()

    def _is_sent_again(self, request: HttpRequest, object_id: str, view: Any) -> bool:
        """Whether the person's own newest revision came of this form; it goes on from there then.

        Not with what it writes down, which is written, but with what its button does besides.
        """
        with transaction.atomic():
            article = self.get_object(request, unquote(object_id))
            newest = drafts.newest(article) if article is not None else None
            if article is None or newest is None or newest.created_by != request.user:
                return False
            typed, sent = self._typed(request, view), request.POST
            if typed is None or not repeating.is_said(article, typed, newest=newest, sent=sent):
                return False
        again: Any = sent.copy()
        again["seen"] = str(newest.pk)
        request.POST = again
        _carry(request, repeats=newest)
        return True

    def _typed(self, request: HttpRequest, view: Any) -> dict[str, Any] | None:
        """What saving the form would write down; None where it cannot be saved as it is."""
        sent = request.POST
        tried: Any = sent.copy()
        for name in BUTTONS:
            tried.pop(name, None)
        request.POST = tried
        _carry(request, is_trial=True)
        view()
        _carry(request, is_trial=False)
        request.POST = sent
        return writing_of(request).content

    def _form(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        _carry(request, writing=Writing(repeats=getattr(request, "repeats", None)))
        view = partial(super().changeform_view, request, object_id, form_url)
        if object_id is None:
            return self._added(request, view, context)
        with transaction.atomic():
            article = self.get_object(request, unquote(object_id))
            if article is None or not self.has_change_permission(request, article):
                return view(context)
            if request.method == "POST":
                return self._written(request, article, view, context)
            typed = self.look_for_typed(request, article)
            context = {**context, **self._about(request, article)}
            if typed is not None:
                context |= {"based_on": typed.based_on, "seen": typed.based_on}
                draft = drafts.unwritten(article, typed.based_on)
            else:
                draft = drafts.pending(article)
            if draft is None:
                return view(context)
            with drafts.applied(article, draft):
                return _rendered(view(context))

    def _added(self, request: HttpRequest, view: Any, context: dict[str, Any]) -> HttpResponse:
        """The form of a new article, which is made once however often the form is sent."""
        self.look_for_typed(request, None)
        with transaction.atomic():
            made = repeating.made_by(request)
            if made is None:
                return view(context)
            self.forget_typed(request, None)
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, made)
        told = _("“{}” is saved already: this form was sent twice.")
        self.message_user(request, format_html(told, made))
        return _to_form(made)

    def _written(
        self, request: HttpRequest, article: Article, view: Any, context: dict[str, Any]
    ) -> HttpResponse:
        """What a post of the locked article's form does, and its answer."""
        writing = writing_of(request)
        writing.base = posted_revision(request, article.revisions.all(), "based_on")
        writing.seen = posted_revision(request, article.revisions.all(), "seen") or writing.base
        is_decided = False
        if not hasattr(request, "publishing_problems") and not is_trial(request):
            drafts.refuse_stale(article, seen=writing.seen)
            is_decided = "_discard" not in request.POST and self._decided(request, article)
        context = {**context, **self._about(request, article)}
        with drafts.applied(article, drafts.unwritten(article, writing.base)) as scope:
            writing.scope = scope
            response = view(context)
            if is_decided:
                refuse_what_is_wrong(response)
            if is_trial(request):
                return response
            _rendered(response)
        if writing.content is None:
            return response
        return self._saved_over_public(request, article, writing)

    def _decided(self, request: HttpRequest, article: Article) -> bool:
        """Puts what was chosen of theirs into the form; False where nothing was to be chosen."""
        newest = drafts.newest(article)
        if newest is None or not conflicts.is_open(request.POST):
            return False
        if conflicts.undecided(request.POST):
            raise ValidationError(_("Choose whose is to be saved for each part that both changed."))
        saved = conflicts.content_of(newest, article)
        request.POST = cast(Any, conflicts.with_choices(request.POST, saved))
        return True

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        article, by, writing = form.instance, cast(User, request.user), writing_of(request)
        writing.is_minor = form.cleaned_data.get("is_minor", False)
        if is_trial(request):
            writing.content = drafts.snapshot(article)
            return
        if "_publish" in request.POST and not writing.is_published:
            publish_as_written(
                article,
                by=by,
                based_on=writing.base,
                is_minor=writing.is_minor,
                overriding=form.cleaned_data["overriding"],
            )
        elif article.status != Status.DRAFT:
            writing.content = drafts.snapshot(article)
            writing.has_changes = form.has_changed() or any(each.has_changed() for each in formsets)
            return
        elif "_withdraw" in request.POST:
            withdraw(article, by=by)
        elif "_discard" in request.POST:
            drafts.discard_draft(article, by=by, seen=writing.seen)
        else:
            if not _is_saved(request, article, drafts.snapshot(article)):
                drafts.save_draft(article, by=by, based_on=writing.base, seen=writing.seen)
        reviewing.act(request, article)
        self.forget_typed(request, article if change else None)
        if writing.scope is not None:
            writing.scope.keep()

    def _saved_over_public(
        self, request: HttpRequest, article: Article, writing: Writing
    ) -> HttpResponse:
        """Keeps what was typed, now that the rows are as readers see them again."""
        by, content = cast(User, request.user), writing.content or {}
        takes_away = {"_withdraw", "_discard"} & set(request.POST)
        is_said = takes_away and not writing.has_changes
        if not is_said and not _is_saved(request, article, content):
            kept = drafts.save_draft(
                article,
                content,
                by=by,
                based_on=writing.base,
                seen=writing.seen,
                is_minor=writing.is_minor,
            )
            if "_discard" in request.POST:
                told = _("What you had typed stays as revision %(number)d.")
                self.message_user(request, told % {"number": kept.number})
        if "_withdraw" in request.POST:
            withdraw(article, by=by)
        if "_discard" in request.POST:
            drafts.discard_draft(article, by=by, seen=drafts.newest(article))
        reviewing.act(request, article)
        self.forget_typed(request, article)
        return self._answer(request, article)

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        if "_publish" in request.POST or reviewing.pressed(request):
            return self._answer(request, obj)
        return super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if writing_of(request).content is not None:
            return HttpResponse()  # `_saved_over_public` answers in its place
        if "_publish" in request.POST or reviewing.pressed(request):
            return self._answer(request, obj)
        return super().response_change(request, obj)

    def _answer(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Back to the form with a sentence on what readers see now."""
        is_seen_by_readers = {"_publish", "_withdraw"} & set(request.POST)
        if button := reviewing.pressed(request):
            self.message_user(request, str(button.told))
        else:
            self.message_user(request, seen(article) if is_seen_by_readers else _saved(article))
        return _to_form(article)

    def _about(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """What the form says of the draft, and the two revisions that it sends back."""
        writing, newest = writing_of(request), drafts.newest(article)
        is_draft = newest is not None and newest.kind == RevisionKind.DRAFT
        writing.is_minor = is_draft and newest.is_minor  # type: ignore[union-attr]
        return {
            "based_on": writing.base or newest,
            "seen": writing.seen or newest,
            "newest": newest,
            "public": article.published_revision if article.status != Status.DRAFT else None,
            "state": article.state_at(database_now()),
            "can_be_corrected": request.user.has_perm(PERMISSION) and may_correct(article),
            "unpublished": drafts.changes(article),
            "conflict": getattr(request, "conflict", None),
        }


def is_trial(request: HttpRequest) -> bool:
    """Whether the form is only read: what it would write is asked for, and rolled back."""
    return getattr(request, "is_trial", False)


def writing_of(request: HttpRequest) -> Writing:
    return cast(Any, request).writing


def _carry(request: HttpRequest, **things: Any) -> None:
    """Leaves something with the request for the admin's other methods."""
    vars(request).update(things)


def posted_revision(
    request: HttpRequest, revisions: QuerySet[Revision], name: str
) -> Revision | None:
    """The one of these that the form names. One query at most."""
    key = request.POST.get(name, "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return revisions.filter(pk=key).first()


def _is_saved(request: HttpRequest, article: Article, content: dict[str, Any]) -> bool:
    """Whether this is written down already, and is only to be judged or answered."""
    if writing_of(request).repeats is not None:
        return True
    return reviewing.pressed(request) is not None and reviewing.has_this_draft(article, content)


def _to_form(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _rendered(response: HttpResponse) -> HttpResponse:
    """The response with its text, made while the rows still say what it shows."""
    if hasattr(response, "render"):
        response.render()
    return response


def _saved(article: Article) -> str:
    newest = drafts.newest(article)
    if not drafts.has_unpublished_changes(article):
        return _("Saved. Nothing differs from what is published.")
    return format_html(
        "{} {}",
        _("Saved as draft, revision %(number)d.") % {"number": newest.number if newest else 0},
        _("Readers see it once it is published."),
    )


def seen(article: Article) -> str:
    article.refresh_from_db()
    state = article.state_at(database_now())  # the request is older than what it published
    sentences = {
        State.LIVE: _("“{}” is live."),
        State.SCHEDULED: _("“{}” is scheduled."),
        State.ENDED: _("“{}” is published, but its time is over."),
        State.DRAFT: _("“{}” is a draft again: no reader has seen it."),
        State.WITHDRAWN: _("“{}” is withdrawn: readers are told that it is gone."),
    }
    sentence = format_html(sentences[state], article.headline)
    if state == State.SCHEDULED and article.publish_at:
        return format_html("{} {}", sentence, said_of_beginning(article))
    if state != State.LIVE:
        return sentence
    link = format_html(' <a href="{}">{}</a>', article.get_absolute_url(), _("View it on the site"))
    return sentence + link
