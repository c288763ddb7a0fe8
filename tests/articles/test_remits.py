"""Rights that hold in some sections and languages: in every verb, and told by SQL alike."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles import drafts
from articles.correcting import correct
from articles.editions import begin_edition
from articles.models import Article, Remit, Role, Section
from articles.previewing import revoke, share
from articles.publishing import publish, withdraw
from articles.remits import is_within, within_remit_of
from articles.reviewing import approve, note, request_changes, submit
from articles.revising import label
from tests.articles.review import bring_to, newest, save
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_section,
    make_site,
)
from translations.reconciling import may_reconcile

pytestmark = pytest.mark.django_db
VERBS = {
    "save_draft": lambda a, by: save(a, by=by, headline="New"),
    "discard_draft": lambda a, by: drafts.discard_draft(a, by=by, seen=newest(a)),
    "publish": lambda a, by: publish(a, by=by),
    "withdraw": lambda a, by: withdraw(a, by=by),
    "correct": lambda a, by: correct(a, kind="update", text="Later.", by=by),
    "submit": lambda a, by: submit(a, by=by),
    "request_changes": lambda a, by: request_changes(a, by=by, text="Shorter."),
    "approve": lambda a, by: approve(a, by=by, seen=newest(a)),
    "note": lambda a, by: note(a, by=by, text="Good."),
    "begin_edition": lambda a, by: begin_edition(a, language="tr", by=by),
    "share": lambda a, by: share(a, by=by),
    "revoke": lambda a, by: revoke(share(a, by=make_editor(username="")), by=by),
    "label": lambda a, by: label(newest(a), text="Before the interview", by=by),
}


@pytest.fixture(autouse=True)
def site():
    make_site()


def make_remit(user, *, sections=(), languages=()):
    remit = Remit.objects.create(user=user, languages=list(languages))
    remit.sections.set(sections)
    return type(user).objects.get(pk=user.pk)  # what was asked of the old one, it keeps


def town():
    return Section.objects.get_or_create(slug="town", names={"en": "Town"})[0]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("sections", "languages", "is_theirs"),
    [([], [], True), (["harbour"], ["en", "tr"], True), (["town"], [], False), ([], ["de"], False)],
)
def test_verbs_are_refused_outside_of_the_remit(verb, sections, languages, is_theirs):
    article = bring_to("in_review", is_live=True)
    town()
    editor = make_remit(
        make_colleague("editor"),
        sections=Section.objects.filter(slug__in=sections),
        languages=languages,
    )
    if is_theirs:
        VERBS[verb](article, editor)
    else:
        with pytest.raises(PermissionDenied):
            VERBS[verb](article, editor)
        with pytest.raises(PermissionDenied):  # and again, though the remit is kept by now
            VERBS[verb](article, editor)


@pytest.mark.parametrize(("language", "is_told"), [("en", True), ("de", False)])
def test_preview_links_are_told_within_the_remit(client, language, is_told):
    article = make_article()
    link = share(article, by=make_editor())
    client.force_login(make_remit(make_colleague("editor"), languages=[language]))
    page = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert page.status_code == 200
    assert (link.token in page.text) == is_told


@pytest.mark.parametrize("verb", ["publish", "correct"])
def test_draft_that_moves_a_piece_out_of_the_remit_is_not_published(verb):
    article = bring_to("draft", is_live=True)
    save(article, by=make_colleague("chief"), section={"id": town().pk, "slug": "town"})
    editor = make_remit(make_colleague("editor"), sections=[make_section()])
    with pytest.raises(PermissionDenied):
        VERBS[verb](article, editor)


def test_piece_is_not_moved_out_of_the_remit():
    article = bring_to("draft", is_live=True)
    reporter = make_remit(make_colleague("reporter"), sections=[make_section()])
    with pytest.raises(PermissionDenied):
        save(article, by=reporter, section={"id": town().pk, "slug": "town"})
    save(article, by=reporter, headline="New")


def test_edition_is_begun_in_languages_of_the_remit():
    article = make_article()
    translator = make_remit(make_colleague("translator"), languages=["de"])
    begin_edition(article, language="de", by=translator)
    with pytest.raises(PermissionDenied):
        begin_edition(article, language="tr", by=translator)


def test_pointer_of_a_credit_is_moved_within_the_remit():
    editor = make_remit(make_colleague("editor"), languages=["de"])
    assert may_reconcile(make_article(language="de"), by=editor)
    assert not may_reconcile(make_article(language="tr"), by=editor)


@pytest.mark.parametrize("sections", [[], ["harbour"], ["town"], ["harbour", "town"]])
@pytest.mark.parametrize("languages", [[], ["en"], ["de", "tr"]])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_row_and_sql_agree_on_who_works_where(sections, languages, is_superuser):
    for section in (make_section(), town(), None):
        for language in ("en", "de"):
            Article.objects.create(story=make_article().story, language="ru", section=section)
            make_article(language=language, section=section or town())
    chosen = Section.objects.filter(slug__in=sections)
    person = make_remit(make_colleague("editor"), sections=chosen, languages=languages)
    person.is_superuser = is_superuser
    found = set(Article.objects.filter(within_remit_of(person)))
    assert found == {each for each in Article.objects.all() if is_within(person, each)}


def test_remit_is_asked_for_once(django_assert_num_queries):
    person, article = (
        make_colleague("editor"),
        make_article(byline=[(make_contributor(), Role.EDITOR)]),
    )
    with django_assert_num_queries(1):
        for _each in range(3):
            assert is_within(person, article)
