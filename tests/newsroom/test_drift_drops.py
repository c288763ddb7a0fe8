"""Pages of what was made from something are dropped with it, wherever they stand."""

import pytest

from articles.models import Role
from articles.publishing import publish, withdraw
from pagecache import running
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_section,
    make_site,
)
from tests.comments.builders import make_guest, write
from tests.pagecache.builders import Answer
from tests.translations.builders import make_attribution
from tests.translations.versions import (
    make_covered_work,
    make_revision,
    make_translation,
)
from translations.sources import record_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cache, monkeypatch):
    """The cache as that of this very process, which hears of drops."""
    monkeypatch.setattr(running, "store", cache.store)
    return cache


@pytest.fixture
def source():
    make_site()
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    make_revision(article)
    return article


def make_elsewhere():
    """An article whose page offers none of the others."""
    return make_article(headline="Other", section=make_section(slug="town", name="Town"))


def told(kept, article) -> tuple[str, bool]:
    """How the page came, and whether it tells that its source is another now."""
    answer = Answer(kept, article.get_absolute_url())
    return answer.how, b"drift-note" in answer.body


@pytest.mark.parametrize("act", [publish, withdraw])
def test_adaptation_in_another_story_hears_of_its_source(
    kept, source, django_capture_on_commit_callbacks, act
):
    german = make_translation(source, language="de").article
    adaptation, stranger = make_article(headline="Adapted"), make_elsewhere()
    make_attribution(article=adaptation, origin="adaptation", source_article=german)
    for article in (adaptation, stranger):
        assert told(kept, article) == ("miss", False) and told(kept, article) == ("hit", False)
    with django_capture_on_commit_callbacks(execute=True):
        act(source, by=make_colleague("editor"))
    assert told(kept, adaptation) == ("miss", True) and told(kept, stranger) == ("hit", False)


def test_translation_hears_of_its_source(kept, source, django_capture_on_commit_callbacks):
    article = make_translation(source, language="tr").article
    assert told(kept, article) == ("miss", False)
    with django_capture_on_commit_callbacks(execute=True):
        publish(source, by=make_colleague("editor"))
    assert told(kept, article) == ("miss", True)


def test_new_text_elsewhere_is_heard_of_however_far_down(kept, django_capture_on_commit_callbacks):
    make_site()
    work = make_covered_work()
    article = make_translation(work).article
    make_revision(article)
    adaptation = make_article()
    make_attribution(article=adaptation, origin="adaptation", source_article=article)
    assert [told(kept, each) for each in (article, adaptation)] == [("miss", False)] * 2
    with django_capture_on_commit_callbacks(execute=True):
        record_text(work, text="Der Hafen ist frei.", change="major", by=make_colleague("editor"))
    assert [told(kept, each) for each in (article, adaptation)] == [("miss", True)] * 2


def test_page_that_offers_an_article_goes_with_its_publishing_but_not_with_its_comments(
    kept, source, django_capture_on_commit_callbacks
):
    neighbour = make_article(headline="In the same section")
    assert Answer(kept, neighbour.get_absolute_url()).how == "miss"
    with django_capture_on_commit_callbacks(execute=True):
        write(source, guest=make_guest())
    assert Answer(kept, neighbour.get_absolute_url()).how == "hit"
    with django_capture_on_commit_callbacks(execute=True):
        publish(source, by=make_colleague("editor"))
    assert Answer(kept, neighbour.get_absolute_url()).how == "miss"
