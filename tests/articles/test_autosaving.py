"""What is typed and not saved: kept for its person alone, by the form that it was typed into."""

from datetime import timedelta

import pytest
from django.db.models import F

from articles import autosaving, drafts
from articles.autosaving import KEPT, KeptElsewhere, TooLong, forget, keep, offered, present
from articles.models import Autosave
from operations.schedule import _jobs
from tests.builders import make_article, make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return make_colleague("reporter", username="priya")


@pytest.fixture
def article():
    return make_article()


def typed(headline="Typed", key="a"):
    return {"headline": [headline], "autosave_key": [key]}


def test_what_a_form_sends_takes_the_place_of_what_it_sent_before(priya, article):
    first = keep(article, by=priya, fields=typed("Ty"), based_on=None)
    second = keep(article, by=priya, fields=typed("Typed\0"), based_on=None)
    found = offered(article, by=priya)
    assert found.fields["headline"] == ["Typed"]
    assert first <= second == found.saved_at


def test_another_form_of_the_same_person_overwrites_nothing(priya, article):
    keep(article, by=priya, fields=typed("Mine", key="a"), based_on=None)
    with pytest.raises(KeptElsewhere):
        keep(article, by=priya, fields=typed("Later", key="b"), based_on=None)
    assert offered(article, by=priya).fields["headline"] == ["Mine"]


def test_each_person_and_each_article_has_a_place(priya, article, django_assert_num_queries):
    bertil = make_colleague("editor", username="bertil")
    for by in (priya, bertil):
        for place in (article, make_article(), None):
            with django_assert_num_queries(1):
                keep(place, by=by, fields=typed(by.username), based_on=None)
    assert Autosave.objects.count() == 6
    assert offered(None, by=bertil).fields["headline"] == ["bertil"]


def test_new_articles_share_one_place_for_each_person(priya):
    for headline in ("One", "Two"):
        keep(None, by=priya, fields=typed(headline), based_on=None)
    assert offered(None, by=priya).fields["headline"] == ["Two"]


def test_text_of_a_megabyte_is_refused_and_the_last_one_stays(priya, article):
    keep(article, by=priya, fields=typed("Short"), based_on=None)
    with pytest.raises(TooLong):
        keep(article, by=priya, fields=typed("ü" * 500_001), based_on=None)
    assert offered(article, by=priya).fields["headline"] == ["Short"]
    keep(article, by=priya, fields=typed("ü" * 499_000), based_on=None)


def test_forgetting_spares_what_another_form_left(priya, article):
    keep(article, by=priya, fields=typed(key="a"), based_on=None)
    forget(article, by=priya, key="b")
    keep(None, by=priya, fields=typed(key="a"), based_on=None)
    forget(None, by=priya, key="")
    assert offered(article, by=priya) and offered(None, by=priya)
    forget(article, by=priya, key="a")
    assert offered(article, by=priya) is None


def test_who_has_just_typed_is_present_for_two_minutes(priya, article):
    bertil = make_colleague("editor", username="bertil")
    keep(article, by=bertil, fields=typed(), based_on=None)
    assert present(article, beside=priya) == [bertil]
    assert present(article, beside=bertil) == present(make_article(), beside=priya) == []
    Autosave.objects.update(saved_at=F("saved_at") - timedelta(minutes=2))
    assert present(article, beside=priya) == []


def test_nobody_is_present_in_an_article_that_is_not_there_yet(priya):
    keep(None, by=priya, fields=typed(), based_on=None)
    assert present(None, beside=make_colleague("editor")) == []


def test_daily_job_forgets_what_was_typed_a_month_ago(priya, article):
    keep(article, by=priya, fields=typed(), based_on=None)
    keep(None, by=priya, fields=typed(), based_on=None)
    assert autosaving.forget_old_autosaves.call() == 0
    Autosave.objects.filter(article=article).update(saved_at=F("saved_at") - KEPT)
    assert autosaving.forget_old_autosaves.call() == 1
    assert offered(None, by=priya)
    assert _jobs["old-autosaves"].every == timedelta(days=1)


def test_text_goes_with_its_article(priya, article):
    base = drafts.save_draft(article, by=priya, based_on=None)
    keep(article, by=priya, fields=typed(), based_on=base)
    assert offered(article, by=priya).based_on == base
    article.delete()
    assert not Autosave.objects.exists()
