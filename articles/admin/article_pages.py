"""The addresses of the desk's pages around one article."""

from collections.abc import Callable

from django.http import HttpResponse

from articles.admin import article_views, autosaves, preview_views, revision_pages


def pages_of_an_article() -> list[tuple[str, Callable[..., HttpResponse], str]]:
    """(address below `articles/article/`, view that takes `pk` and `model_admin`, name)."""
    return [
        ("<int:pk>/preview/", preview_views.preview, "articles_article_preview"),
        ("<int:pk>/correct/", article_views.correct_article, "articles_article_correct"),
        ("<int:pk>/translate/", article_views.translate, "articles_article_translate"),
        ("<int:pk>/share/", preview_views.share_preview, "articles_article_share"),
        ("<int:pk>/revoke/", preview_views.revoke_preview, "articles_article_revoke_preview"),
        ("<int:pk>/autosave/", autosaves.autosave, "articles_article_autosave"),
        ("<int:pk>/autosave/away/", autosaves.throw_away, "articles_article_autosave_away"),
        ("autosave/", autosaves.autosave, "articles_new_autosave"),
        ("autosave/away/", autosaves.throw_away, "articles_new_autosave_away"),
        ("<int:pk>/revisions/", revision_pages.revisions, "articles_article_revisions"),
        ("<int:pk>/compare/", revision_pages.compare, "articles_article_compare"),
        ("<int:pk>/label/", revision_pages.label, "articles_article_label"),
        ("<int:pk>/restore/", revision_pages.restore, "articles_article_restore"),
    ]
