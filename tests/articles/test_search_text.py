"""What an article is found by follows its text, its byline and its outlet at once."""

import pytest

from articles.models import Article, Contribution, Contributor, Role, SearchText
from articles.searching import Asked, articles_saying, searchable
from operations.clock import database_now
from tests.builders import make_article, make_contributor
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.models import Attribution, Publication, SourceWork

pytestmark = pytest.mark.django_db


def finds(words, language="en"):
    """The live articles of a language that have the words."""
    languages = searchable(words, [language])
    return list(articles_saying(Asked(words, languages), now=database_now()))


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("en", "Two ferries were moored", "ferry mooring"),
        ("de", "Die Häuser am Hafen", "haus häfen"),
        ("de", "Ein schönes Boot", "schöne Boote"),
        ("tr", "Tekne limandan ayrıldı", "limanda"),
        ("tr", "IŞIKLAR söndü", "ışık"),
        ("tr", "İSKELE kapandı", "iskele"),
        ("ru", "Суда стоят у причалов", "причалы"),
        ("ar", "وصلت السفينة إلى الميناء", "سفينة ميناء"),
    ],
)
def test_words_are_found_in_the_forms_of_their_language(language, said, asked):
    article = make_article(language=language, body=f"<p>{said}.</p>")
    make_article(language=language, body="<p>…</p>")
    assert finds(asked, language) == [article]


def test_language_without_rules_is_searched_letter_by_letter():
    article = make_article(language="ka", body="<p>გემი ნავსადგურში</p>")
    assert finds("გემი", "ka") == [article] and finds("გემ", "ka") == []


def test_text_is_searched_without_its_markup():
    body = (
        '<h2>Tide</h2><p>The <strong>light</strong>house <a href="/x/?gate=1">sang</a>&amp;slept.'
    )
    article = make_article(body=f'{body}<span class="footnote">A gull.</span></p>')
    for words in ("tide", "lighthouse", "gull", "sang"):
        assert finds(words) == [article], words
    for words in ("strong", "footnote", "gate", "href"):
        assert finds(words) == [], words
    assert "sang&slept" in SearchText.objects.get(pk=article.pk).text


def test_letters_written_otherwise_are_the_same():
    article = make_article(language="de", body="<p>Das Mu\u0308hl\u00adrad.</p>")
    assert finds("mühlrad", "de") == [article]


@pytest.mark.parametrize("field", ["headline", "kicker", "standfirst", "body"])
def test_change_of_the_text_is_found_at_once(field):
    article = make_article()
    assert finds("walrus") == []
    Article.objects.filter(pk=article.pk).update(**{field: "A walrus came"})
    assert finds("walrus") == [article]


def test_byline_is_found_as_readers_see_it():
    person = make_contributor(name="Maren Okafor")
    article = make_article(byline=[(person, Role.REPORTER)])
    assert finds("okafor") == [article]
    Contributor.objects.filter(pk=person.pk).update(names={"en": "Maren Hallstrom"})
    assert finds("okafor") == [] and finds("hallstrom") == [article]
    Contribution.objects.update(credited_as="The Gull")
    assert finds("hallstrom") == [] and finds("gull") == [article]
    article.contributions.all().delete()
    assert finds("gull") == []


def test_name_is_the_one_in_the_language_of_the_article():
    person = Contributor.objects.create(slug="mina", names={"en": "Mina", "ru": "Мина Дрост"})
    make_article(byline=[(person, Role.TRANSLATOR)])
    russian = make_article(language="ru", byline=[(person, Role.TRANSLATOR)])
    assert finds("дрост", "ru") == [russian] and finds("mina", "ru") == []


def test_outlet_is_found_and_follows_its_changes():
    article = make_article()
    assert finds("nordermoor") == []
    work = make_source_work()
    make_attribution(article=article, source_work=work)
    assert finds("nordermoor") == [article]
    Publication.objects.update(name="Strandbote")
    assert finds("nordermoor") == [] and finds("strandbote") == [article]
    SourceWork.objects.update(publication=make_publication(name="Deichpost"))
    assert finds("deichpost") == [article]
    Attribution.objects.all().delete()
    assert finds("deichpost") == []


def test_nothing_else_can_be_written_there():
    article = make_article(headline="A ferry")
    SearchText.objects.update(words="'walrus'", text="walrus")
    assert finds("walrus") == [] and finds("ferry") == [article]


def test_longest_text_is_taken():
    words = " ".join(f"word{number}" for number in range(200_000))
    assert make_article(body=f"<p>{words}</p>") == finds("word17")[0]


def test_deleted_article_leaves_nothing():
    person = make_contributor()
    make_article(byline=[(person, Role.REPORTER)], status="draft").delete()
    assert not SearchText.objects.exists()
