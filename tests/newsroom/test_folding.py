"""What is constant in templates is rendered once, and says what it would have said anyway."""

import re
from collections import Counter

import pytest
from django.template import Context, Engine
from django.template.defaulttags import URLNode
from django.template.loader import get_template
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.test import Client
from django.urls import (
    URLResolver,
    get_resolver,
    include,
    path,
    set_script_prefix,
)
from django.urls.resolvers import RegexPattern
from django.utils.translation import override

from newsroom import folding
from newsroom.folding import FoldedNode, fold
from tests.builders import make_site, make_user
from tests.newsroom.shells import FAEHRE, FERRY, make_talk

TAGS = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
}
LOAD = "{% load i18n static %}"


def engine(*, debug=False, **templates):
    """Of templates by their names."""
    loaders = [("django.template.loaders.locmem.Loader", templates)]
    return Engine(debug=debug, loaders=[("newsroom.folding.Loader", loaders)], libraries=TAGS)


def template(text):
    return engine(page=LOAD + text).get_template("page")


def plain(text):
    return Engine(libraries=TAGS).from_string(LOAD + text)


def kinds(nodes):
    return [type(node).__name__ for node in nodes]


@pytest.fixture
def rendered(monkeypatch):
    """How often each kind of constant node was rendered."""
    counted = Counter()
    for kind in (URLNode, TranslateNode, StaticNode):

        def render(self, context, own=kind.render, name=kind.__name__):
            counted[name] += 1
            return own(self, context)

        monkeypatch.setattr(kind, "render", render)
    return counted


CONSTANT = (
    "<a href=\"{% url 'front_page' %}\">{% translate 'Search' %}</a>"
    "{# nothing #}{% comment %}nor this{% endcomment %}{% static 'newsroom/icon.svg' %}"
)


def test_neighbours_become_one_node_that_is_rendered_once(rendered):
    page = template(CONSTANT)
    assert kinds(page.nodelist) == ["FoldedNode"]
    once = page.render(Context())
    assert once == plain(CONSTANT).render(Context())
    before = rendered.copy()
    assert page.render(Context()) == once
    assert rendered == before
    assert set(rendered) == {"URLNode", "TranslateNode", "StaticNode"}


def test_each_language_has_its_own_words_and_places():
    page = template("{% translate 'Search' %} {% url 'front_page' %}")
    for _time in range(2):
        with override("de"):
            german = page.render(Context())
        with override("en"):
            english = page.render(Context())
        assert english == "Search /"
        assert german == "Suchen /de/"


def test_places_stand_below_the_prefix_of_the_server():
    page = template("{% url 'front_page' %}")
    assert page.render(Context()) == "/"
    try:
        set_script_prefix("/paper/")
        assert page.render(Context()) == "/paper/"
    finally:
        set_script_prefix("/")


def test_text_that_is_not_escaped_stays_so_beside_text_that_is(settings):
    settings.STATIC_URL = "/a&b/"
    text = "{% static 'newsroom/icon.svg' %}"
    page = template(text)
    for autoescape in (True, False, True):
        context = Context(autoescape=autoescape)
        assert page.render(context) == plain(text).render(context)
    assert "&amp;" in page.render(Context())
    assert "&amp;" not in page.render(Context(autoescape=False))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{% translate word %}", ("Search", "Archive")),
        ("{% translate 'Search'|add:word %}", ("a", "b")),
        ("{% static word %}", ("newsroom/icon.svg", "newsroom/site.css")),
        ("{% url word %}", ("front_page", "account_login")),
        ("{% url 'articles:article_detail' word %}", ("one", "two")),
        ("{% url 'articles:article_detail' slug=word %}", ("one", "two")),
        ("{{ word }}", ("one", "two")),
        ("{% translate 'May' context word %}", ("alt. month", "verb")),
        ("{% translate 'Search' as found %}{{ found }}{{ word }}", ("one", "two")),
        ("{% static 'a.css' as found %}{{ found }}{{ word }}", ("one", "two")),
        ("{% url 'front_page' as found %}{{ found }}{{ word }}", ("one", "two")),
    ],
)
def test_whatever_depends_on_more_is_made_each_time(text, values):
    page, said = template(text), []
    with override("de"):
        for value in values:
            said.append(page.render(Context({"word": value})))
            assert said[-1] == plain(text).render(Context({"word": value}))
    assert said[0] != said[1]


NESTED = (
    "{% if yes %}a{% translate 'Search' %}{% elif no %}b{% translate 'Archive' %}"
    "{% else %}c{% translate 'Support' %}{% endif %}"
    "{% for each in some %}{{ each }}{% translate 'Light' %}{% empty %}{% translate 'Dark' %}"
    "{% endfor %}{% with x=1 %}{{ x }}{% translate 'Search' %}{% endwith %}"
)


@pytest.mark.parametrize(
    "values", [{"yes": True, "some": "ab"}, {"no": True}, {}], ids=["first", "second", "neither"]
)
def test_what_stands_within_other_nodes_is_folded_there(values):
    page = template(NESTED)
    assert page.render(Context(values)) == plain(NESTED).render(Context(values))
    assert len(page.nodelist.get_nodes_by_type(FoldedNode)) >= 6


def test_blocks_can_be_replaced_at_each_level():
    """Also below comments: before `{% extends %}` Django knows no nodes but texts."""
    block = LOAD + "{% block a %}{{ block.super }}{% translate 'NAME' %}{% endblock %}"
    folded = engine(
        root=LOAD + "{% translate 'Search' %}{% block a %}{% translate 'Light' %}{% endblock %}!",
        middle="{# one #}\n{# two #}\n{% extends 'root' %}" + block.replace("NAME", "Dark"),
        child="{# one #}\n{# two #}\n{% extends 'middle' %}" + block.replace("NAME", "Archive"),
    )
    for _time in range(2):
        assert folded.get_template("root").render(Context()).strip() == "SearchLight!"
        assert folded.get_template("middle").render(Context()).strip() == "SearchLightDark!"
        assert folded.get_template("child").render(Context()).strip() == "SearchLightDarkArchive!"


def test_texts_by_themselves_are_left_alone():
    page = plain("{% comment %}one{% endcomment %}{{ word }}a{# two #}b{{ word }}")
    fold(page.nodelist)
    assert kinds(page.nodelist) == [
        "FoldedNode", "VariableNode", "TextNode", "TextNode", "VariableNode"
    ]  # fmt: skip


def test_an_error_within_names_its_own_place():
    page = engine(debug=True, page="a\n{% url 'nowhere' %}").get_template("page")
    with pytest.raises(Exception, match="nowhere") as caught:
        page.render(Context())
    assert caught.value.template_debug["line"] == 2
    assert caught.value.template_debug["during"] == "{% url 'nowhere' %}"


def several(resolver):
    """The applications that stand somewhere more than once, here or below."""
    found = [name for name, places in resolver.app_dict.items() if len(places) > 1]
    for _prefix, below in resolver.namespace_dict.values():
        found += several(below)
    return found


def test_no_place_depends_on_which_of_several_sites_asks():
    """`{% url %}` looks at the current application only where one is there more than once."""
    assert several(get_resolver()) == []


def test_application_that_stands_twice_is_found():
    once = ([path("one/", lambda _request: None, name="one")], "paper")
    twice = [path("a/", include(once, "a")), path("b/", include(once, "b"))]
    outer = [path("outer/", include((twice, "outer"), "outer"))]
    assert several(URLResolver(RegexPattern("^/"), twice)) == ["paper"]
    assert several(URLResolver(RegexPattern("^/"), outer)) == ["paper"]


def test_site_folds_its_templates():
    page = get_template("base.html").template
    assert page.nodelist.get_nodes_by_type(FoldedNode)


PAGES = ("/", "/de/", "/ar/", "/search/?q=ferry", "/archive/", FERRY, FAEHRE, "/me/comments/",
         "/accounts/login/", "/admin/", "/admin/articles/article/",
         "/admin/comments/comment/")  # fmt: skip
CHANGES = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.mark.django_db
def test_pages_are_what_they_were(client: Client, monkeypatch, settings):
    make_talk()
    make_site()
    desk = Client()
    desk.force_login(make_user(username="chief", is_staff=True, is_superuser=True))

    def shown():
        answers = [(desk if page.startswith("/admin/") else client).get(page) for page in PAGES]
        assert [answer.status_code for answer in answers] == [200] * len(PAGES)
        return [CHANGES.sub(b"", answer.content) for answer in answers]

    folded = [shown() for _time in range(2)]
    monkeypatch.setattr(folding, "fold", lambda _nodes: None)
    settings.TEMPLATES = [*settings.TEMPLATES]  # which makes engines anew
    assert not get_template("base.html").template.nodelist.get_nodes_by_type(FoldedNode)
    assert folded == [shown() for _time in range(2)]
