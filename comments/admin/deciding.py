"""The forms by which moderators decide, and what became of what they sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.models import User
from comments.guests import guest_id
from comments.judging import refuse_own
from comments.models import Comment, ModerationEntry, Reason, Status
from comments.models.marks import MAX_PICK_NOTE
from comments.models.moderation import MAX_NOTE
from comments.moderating import Decision, Overtaken, Seen, decide, newest_entry, undo
from comments.refusals import OwnMatter
from richtext.plain import no_address, plain_text

MOST = 500  # comments by one form
KEPT_ACTS = 20  # that can be undone one after the other
SESSION_KEY = "moderated"  # [[numbers of the entries of one act], …], the last one at the end
ACTS = {
    "approve": Status.PUBLIC,
    "hold": Status.HELD,
    "remove": Status.REMOVED,
    "spam": Status.SPAM,
}


class Chosen(NamedTuple):
    """A comment as somebody saw it."""

    comment: int
    seen: Seen


class DecisionForm(forms.Form):
    """What is decided about the comments that `chosen` names, and why."""

    act = forms.ChoiceField(
        choices=[(name, name) for name in ACTS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what to do.")),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", pgettext_lazy("no reason", "none")), *Reason.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Note for the writer"),
        max_length=MAX_NOTE,
        required=False,
        validators=[plain_text, no_address],
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, of: Any = "all") -> None:
        super().__init__(data, auto_id=f"decision_{of}_%s")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self.chosen = self._chosen()
        if not self.chosen:
            self.add_error(None, _("Choose at least one comment."))
        if typed.get("act") == "remove" and not typed.get("reason"):
            self.add_error("reason", _("Say why the comment is taken away."))
        return typed

    def _chosen(self) -> list[Chosen]:
        """What cannot be read was not made by our forms, and names nothing."""
        chosen = {}
        for token in cast(Any, self.data).getlist("chosen")[:MOST]:
            number, _colon, seen = token.partition(":")
            try:
                if number.isascii() and number.isdigit() and len(number) < 19:
                    chosen[int(number)] = Chosen(int(number), Seen.read(seen))
            except ValueError:
                continue
        return sorted(chosen.values(), reverse=True)  # newest first, as everybody locks them

    @property
    def decision(self) -> Decision:
        typed = self.cleaned_data
        status = ACTS[typed["act"]]
        reason = Reason.SPAM if status == Status.SPAM else typed["reason"]
        if status == Status.PUBLIC:
            reason = ""
        return Decision(status, reason, typed["note"])


class MarkForm(forms.Form):
    """What the desk says to readers of a comment that it picks."""

    note = forms.CharField(
        label=_("What the desk says of it"),
        max_length=MAX_PICK_NOTE,
        required=False,
        validators=[plain_text, no_address],
        help_text=_("Readers see it below the comment. It may be empty."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="mark_%s", **options)


class Missed(NamedTuple):
    """A comment about which nothing was decided, because it was not as it had been seen."""

    comment: Comment
    entry: ModerationEntry | None


@dataclass
class Outcome:
    done: list[ModerationEntry] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    own: int = 0
    again: int = 0

    @property
    def told(self) -> str:
        number = len(self.done)
        message = ngettext("%(count)d comment changed.", "%(count)d comments changed.", number)
        return message % {"count": number}

    @property
    def first(self) -> str:
        """The number of the uppermost that was changed; '' without one."""
        return str(self.done[0].comment_id) if self.done else ""

    @property
    def left(self) -> str:
        message = ngettext(
            "%(count)d comment is your own: others decide about it.",
            "%(count)d comments are your own: others decide about them.",
            self.own,
        )
        return message % {"count": self.own}

    @property
    def repeated(self) -> str:
        message = ngettext(
            "Already done: %(count)d comment.", "Already done: %(count)d comments.", self.again
        )
        return message % {"count": self.again}


def decide_all(form: DecisionForm, *, by: User, guest: UUID | None) -> Outcome:
    """Decides about each in a transaction of its own; what others decided meanwhile is left.

    As is what this person wrote, also as the guest of their browser.
    """
    outcome, found = Outcome(), comments_by_number(each.comment for each in form.chosen)
    for number, seen in form.chosen:
        if (comment := found.get(number)) is None:
            continue
        try:
            refuse_own(comment, by=by, guest=guest)
            entry = decide(comment, form.decision, by=by, seen=seen)
        except Overtaken as overtaken:
            outcome.missed.append(Missed(comment, overtaken.entry))
            continue
        except OwnMatter:
            outcome.own += 1
            continue
        if entry is not None:
            outcome.done.append(entry)
        elif comment.status == Status.ERASED:
            outcome.missed.append(Missed(comment, None))
        else:
            outcome.again += 1
    return outcome


def comments_by_number(numbers: Iterable[int]) -> dict[int, Comment]:
    return Comment.objects.select_related("discussion", "author").in_bulk(list(numbers))


def undo_last(request: HttpRequest, act: str) -> Outcome | None:
    """Undoes the last act of this session that is left, whole, where it is the one that is named.

    None where it is another: a second click does not undo the act before.
    """
    if act != str(last_act(request)):
        return None
    *rest, last = request.session[SESSION_KEY]
    request.session[SESSION_KEY] = rest
    return undo_all(last, by=cast(User, request.user), guest=guest_id(request))


def why_not_last(act: str) -> Promise:
    """What is told where `undo_last` knows of no such act, or of a later one. One query."""
    is_number = act.isascii() and act.isdigit() and len(act) < 19
    if is_number and ModerationEntry.objects.filter(reverses=int(act)).exists():
        return _("Already undone.")
    return _("Something else was done since: undo it on the comment's page.")


def undo_all(numbers: list[int], *, by: User, guest: UUID | None, of: int | None = None) -> Outcome:
    """Undoes these decisions of the person, of one comment or of any."""
    outcome = Outcome()
    entries = ModerationEntry.objects.filter(pk__in=numbers, actor=by, reverses=None)
    if of is not None:
        entries = entries.filter(comment=of)
    for entry in entries.select_related("comment__discussion").order_by("-comment_id"):
        try:
            refuse_own(entry.comment, by=by, guest=guest)
            outcome.done.append(undo(entry, by=by))
        except Overtaken:
            if ModerationEntry.objects.filter(reverses=entry).exists():
                outcome.again += 1
                continue
            outcome.missed.append(Missed(entry.comment, newest_entry(entry.comment)))
        except OwnMatter:
            outcome.own += 1
    return outcome


def remember(request: HttpRequest, outcome: Outcome) -> None:
    """Keeps what was done as one act, to be undone."""
    if outcome.done:
        acts = [*request.session.get(SESSION_KEY, []), [entry.pk for entry in outcome.done]]
        request.session[SESSION_KEY] = acts[-KEPT_ACTS:]


def last_act(request: HttpRequest) -> int | None:
    """What can be undone, by the number of its first entry."""
    acts = request.session.get(SESSION_KEY)
    return acts[-1][0] if acts else None
