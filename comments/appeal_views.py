"""Asking for another look at one's own comment."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments.answering import keep_pace, retry_later, status_of
from comments.appealing import appeal, told_about
from comments.guests import writer_of
from comments.models.appeals import MAX_APPEAL
from comments.own_views import own_or_404
from comments.refusals import NothingToAppeal, Refused
from richtext.comments import stored_comment_html
from richtext.plain import plain_text, visible_text


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=MAX_APPEAL,
        validators=[plain_text, visible_text],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "maxlength": MAX_APPEAL}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with the decision, or what became of it. A refusal keeps what was typed.

    Also for a comment whose story no reader sees any more.
    """
    comment = own_or_404(request, pk)
    told = told_about([comment]).get(comment.pk)
    asked = told.appeal if told else None
    form = AppealForm(request.POST if request.method == "POST" and not asked else None)
    refusal: Refused | None = None
    status = 422 if form.is_bound else 200
    try:
        if not asked and not (told and told.may_appeal):
            raise NothingToAppeal
        if form.is_valid():
            by = writer_of(request)
            keep_pace(request, {"appeals": settings.FORMS_PER_PREFIX})
            text = form.cleaned_data["text"]
            appeal(comment, by=by, text=text, language=get_language() or comment.language)
            return redirect(request.path)
    except Refused as error:
        refusal, status = error, status_of(error)
    context = {
        "comment": comment,
        "html": stored_comment_html(comment.html),
        "told": told,
        "form": form,
        "refusal": refusal,
    }
    response = render(request, "comments/comment_appeal.html", context, status=status)
    return retry_later(response, refusal)
