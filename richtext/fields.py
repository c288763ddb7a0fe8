"""The field of a text with headings, pictures and tables, and its editor."""

import json
from typing import Any, cast

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import prose_editor_admin_media

from richtext.articles import clean_article_html

# What the editor says, by the names that static/richtext/ knows.
WORDS: dict[str, str | Promise] = {
    "toolbar": _("Form of the text"),
    "block": _("Kind of paragraph"),
    "paragraph": _("Paragraph"),
    "heading2": _("Heading"),
    "heading3": _("Subheading"),
    "heading4": _("Lowest heading"),
    "blockquote": _("Quotation"),
    "pullQuote": _("Pull-quote"),
    "codeBlock": pgettext_lazy("a paragraph of", "Code"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "strike": _("Struck out"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "code": _("Code in a line"),
    "language": _("Words in another language"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "footnote": _("Footnote"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "horizontalRule": _("Line across"),
    "figure": _("Picture"),
    "embed": _("Video or sound from elsewhere"),
    "table": _("Table"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "rowAfter": _("Add a row"),
    "rowDelete": _("Remove the row"),
    "columnAfter": _("Add a column"),
    "columnDelete": _("Remove the column"),
    "headerCell": _("Heading of a row or column"),
    "tableDelete": _("Remove the table"),
    "ok": _("Apply"),
    "cancel": _("Cancel"),
    "remove": _("Remove"),
    "address": _("Address"),
    "linkTitle": _("What the link leads to (optional)"),
    "noteText": _("Text of the footnote"),
    "languageCode": _("Language, as a code: de, tr, pt-BR"),
    "embedAddress": _("Address of its page, with https://"),
    "embedTitle": _("What it is"),
    "embedHelp": _("YouTube, Vimeo and the Internet Archive play on the page once a reader asks for"
                   " it. Anything else is a link."),
    "find": _("Find a picture"),
    "found": _("Pictures"),
    "nothing": _("No picture was found."),
    "failed": _("The pictures could not be loaded. Try again."),
    "more": _("More pictures"),
    "add": _("Add a picture"),
    "file": _("Picture"),
    "noFile": _("Choose a picture."),
    "alternative": _("Alternative text"),
    "credit": pgettext_lazy("of a picture", "Credit"),
    "notSent": _("The picture could not be added. Try again."),
    "alt": _("Alternative text here"),
    "altHelp": _("What is read out here. Left empty, it is what the library says:"),
    "decorative": _("Only decoration"),
    "wide": _("Wider than the text"),
    "refused": _("This is no address that can be used."),
    "noCode": _("This is no code of a language."),
}  # fmt: skip


class ArticleTextWidget(forms.Textarea):
    """A text area of HTML, which the script replaces by an editor."""

    media = prose_editor_admin_media + forms.Media(
        css={"all": ["richtext/editor.css"]},
        js=[cast(Any, forms.Script("richtext/editor.js", type="module"))],
    )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        words = {name: str(word) for name, word in WORDS.items()}
        context["widget"]["attrs"]["data-django-prose-editor-configurable"] = json.dumps(words)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the browser could not show what is missing in a hidden field


class ArticleTextField(models.TextField):
    """Article HTML. Whatever writes it, what is stored equals its own cleaned form."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        return clean_article_html(super().clean(value, model_instance))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_article_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Also of updates, which save no instance."""
        return super().get_db_prep_save(
            clean_article_html(value) if isinstance(value, str) else value, connection
        )

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{**kwargs, "widget": ArticleTextWidget()})
