"""An article's form offers what was typed into it and never saved, and shows that when asked."""

import re
import secrets
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from articles import autosaving
from articles.models import Article, Autosave, Revision

WANTED = ("restore", "autosave")  # what the address asks, where it is to be shown
NOTE = "review_text"  # the one text of an article's form that is no field of its forms
COOKIE = "autosave_saved"  # tells the browser that its own copy with this key is needed no more
_key = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass
class Typed:
    """What one request has to do with it."""

    kept: Autosave | None = None
    is_shown: bool = False
    saved_key: str = ""

    @property
    def fields(self) -> QueryDict:
        """As a browser would send them."""
        found = QueryDict(mutable=True)
        for name, values in (self.kept.fields if self.kept else {}).items():
            found.setlist(name, values)
        return found

    @property
    def key(self) -> str:
        return self.fields.get(autosaving.KEY, "")


def typed_of(request: HttpRequest) -> Typed:
    return vars(request).setdefault("typed", Typed())


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent, or none where it has none that we can have given."""
    key = request.POST.get(autosaving.KEY, "")
    return key if _key.fullmatch(key) else ""


class OffersTyped(admin.ModelAdmin):
    """Before an admin of articles in the bases; that one says when to look and when to forget."""

    def look_for_typed(self, request: HttpRequest, article: Article | None) -> Autosave | None:
        """What is to be shown instead of what is stored. One query on GET."""
        may = self.has_change_permission(request, article) if article else True
        if request.method == "POST" or not may:
            return None
        typed, (name, value) = typed_of(request), WANTED
        typed.kept = autosaving.offered(article, by=cast(User, request.user))
        typed.is_shown = typed.kept is not None and request.GET.get(name) == value
        return typed.kept if typed.is_shown else None

    def forget_typed(self, request: HttpRequest, article: Article | None) -> None:
        """Within the transaction that saves it."""
        key = key_of(request)
        autosaving.forget(article, by=cast(User, request.user), key=key)
        typed_of(request).saved_key = key

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form = super().get_form(request, obj, **kwargs)
        typed = typed_of(request)
        return _filled(form, typed.fields) if typed.is_shown else form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, *args: Any) -> dict[str, Any]:
        typed = typed_of(request)
        more = {"data": typed.fields} if typed.is_shown else {}
        return {**super().get_formset_kwargs(request, obj, *args), **more}  # type: ignore[misc]

    def get_inline_formsets(self, request: HttpRequest, formsets: Any, *args: Any) -> Any:
        if typed_of(request).is_shown:
            for formset in formsets:
                _say_nothing_of(formset)
        return super().get_inline_formsets(request, formsets, *args)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        article = options.get("obj")
        may = self.has_change_permission(request, article) if article else True
        if may and IS_POPUP_VAR not in {*request.GET, *request.POST}:
            context["autosave"] = self._about_typed(request, article, context)
        return super().render_change_form(request, context, **options)

    def _about_typed(
        self, request: HttpRequest, article: Article | None, context: Any
    ) -> dict[str, Any]:
        typed, place = typed_of(request), [article.pk] if article else []
        is_offered = typed.kept is not None and not typed.is_shown and _differs(typed, context)
        shown_key = "" if is_offered else typed.key
        base = typed.kept.based_on if typed.kept else None
        newest = context.get("newest")
        return {
            "key": key_of(request) or shown_key or secrets.token_urlsafe(16),
            "typed_at": typed.kept.saved_at if typed.kept else None,
            "offered_key": typed.key if is_offered else "",
            "is_shown": typed.is_shown,
            "overtaken": overtaken(newest) if typed.is_shown and newest != base else "",
            "is_unsaved": request.method == "POST",
            "present": who_writes(article, beside=cast(User, request.user)),
            "address": reverse(f"admin:articles_{'article' if article else 'new'}_autosave",
                               args=place),
            "throw_away": reverse(
                f"admin:articles_{'article' if article else 'new'}_autosave_away", args=place
            ),
        }  # fmt: skip


def overtaken(newest: Revision) -> str:
    text = _(
        "%(person)s saved revision %(number)d meanwhile: your text is kept; saving will show both."
    )
    return text % {"person": newest.created_by, "number": newest.number}


def who_writes(article: Article | None, *, beside: User) -> str:
    """Who else is writing, or nothing. One query."""
    people = autosaving.present(article, beside=beside)
    if not people:
        return ""
    text = ngettext(
        "%(names)s is writing in this article too.",
        "%(names)s are writing in this article too.",
        len(people),
    )
    return text % {"names": ", ".join(str(each) for each in people)}


def tell_browser(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, which names the text that it has saved."""
    if key := typed_of(request).saved_key:
        secure = request.is_secure()
        response.set_cookie(COOKIE, key, path="/admin/", samesite="Lax", secure=secure)
    return response


def _filled(form: Any, fields: QueryDict) -> Any:
    """The form as if these had been sent, without a word on what they lack."""

    class Filled(form):
        def __init__(self, **given: Any) -> None:
            super().__init__(data=fields, **given)

        def full_clean(self) -> None:
            self._errors: ErrorDict = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}

    return Filled


def _say_nothing_of(formset: Any) -> None:
    formset._non_form_errors = formset.error_class()
    formset._errors = []
    for form in formset.forms:
        form._errors, form.cleaned_data = ErrorDict(), {}
        formset._errors.append(form._errors)


def _differs(typed: Typed, context: Any) -> bool:
    """Whether it says anything else than the forms that are about to be shown."""
    fields, form = typed.fields, context["adminform"].form
    if fields.get(NOTE, "").strip():
        return True
    if type(form)(data=fields, instance=form.instance, initial=form.initial).has_changed():
        return True
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return any(
        each.has_changed()
        for old in formsets
        for each in type(old)(
            data=fields, instance=old.instance, prefix=old.prefix, queryset=old.queryset
        ).forms
    )
