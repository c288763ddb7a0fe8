"""The article's form with its credit, as somebody sends it who may do everything."""

from django.urls import reverse

from articles.admin.article_form import BylineInline
from articles.admin.articles import ArticleAdmin
from articles.models import Article, Status
from tests.builders import make_article, make_site, make_user
from translations.credit_form import AttributionInline
from translations.models import Attribution, Origin


def sit_down(client, monkeypatch):
    """Signs the client in at a desk whose article form has the credit."""
    monkeypatch.setattr(ArticleAdmin, "inlines", [BylineInline, AttributionInline])
    make_site()
    client.force_login(make_user(username="chief", is_staff=True, is_superuser=True))
    return client


DEFAULTS = {
    "origin": Origin.ORIGINAL,
    "treatment": "full",
    "method": "human",
    "search_engines": "index",
}


def make_draft(**fields) -> Article:
    return make_article(status=Status.DRAFT, **fields)


def article_form(article, **credit):
    """What the article's form sends, with these fields of the credit."""
    empty = ["kicker", "standfirst", "dateline", "section", "lead_image", "lead_caption"]
    form = dict.fromkeys(empty, "") | {
        name: getattr(article, name) for name in ("language", "slug", "headline", "body")
    }
    newest = article.revisions.first()
    form |= {"based_on": newest.pk if newest else "", "story": article.story_id}
    form["contributions-TOTAL_FORMS"] = 0
    form |= {"contributions-INITIAL_FORMS": 0, "attribution-TOTAL_FORMS": 1}
    existing = Attribution.objects.filter(article=article).first()
    form["attribution-INITIAL_FORMS"] = 1 if existing else 0
    if existing:
        form |= {"attribution-0-id": existing.pk, "attribution-0-article": article.pk}
    credit = {**DEFAULTS, **credit}
    return form | {f"attribution-0-{name}": value for name, value in credit.items()}


def save(desk, article, *, language=None, **credit):
    """Sends the article's form; an answer of 422 shows errors, 302 has saved."""
    form = article_form(article, **credit)
    form["language"] = language or form["language"]
    return desk.post(reverse("admin:articles_article_change", args=[article.pk]), form)


def credit_errors(answer) -> dict[str, list[str]]:
    """The messages that stand beside the credit's fields."""
    assert answer.status_code == 422
    _byline, credit = answer.context["inline_admin_formsets"]
    return dict(credit.formset.errors[0])
