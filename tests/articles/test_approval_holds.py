"""Ways around a section's wish for a second pair of eyes, and what is not one."""

import pytest
from django.core.exceptions import ValidationError

from articles import drafts
from articles.correcting import correct
from articles.models import Role, Section
from articles.publishing import NotPublishable, publish, withdraw
from articles.reviewing import approve, submit
from tests.articles.review import make_saved, newest, save
from tests.builders import make_colleague, make_contributor, make_section, make_site

pytestmark = pytest.mark.django_db
REWRITTEN = {"body": "<p>Nothing of what stood here before is left.</p>"}


@pytest.fixture(autouse=True)
def strict() -> Section:
    make_site()
    section = make_section()
    section.requires_approval = True
    section.save()
    return section


def make_published(reporter, editor):
    article = make_saved(by=reporter, byline=[(make_contributor(), Role.REPORTER)])
    submit(article, by=reporter)
    approve(article, by=editor, seen=newest(article))
    publish(article, by=editor)
    return article


def people():
    return make_colleague("reporter"), make_colleague("editor")


def test_who_rewrites_what_was_submitted_is_a_writer():
    reporter, editor = people()
    article = make_saved(by=reporter, byline=[(make_contributor(), Role.REPORTER)])
    submit(article, by=reporter)
    save(article, by=editor, **REWRITTEN)
    with pytest.raises(ValidationError, match="somebody who did not write it"):
        approve(article, by=editor, seen=newest(article))
    approve(article, by=make_colleague("editor"), seen=newest(article))


def test_moving_to_another_section_takes_approval_too():
    reporter, editor = people()
    article = make_published(reporter, editor)
    other = make_section(slug="town")
    save(article, by=editor, section={"id": other.pk, "slug": other.slug}, **REWRITTEN)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert list(refused.value.message_dict) == ["section"]


def test_correcting_what_is_withdrawn_takes_approval_too():
    reporter, editor = people()
    article = make_published(reporter, editor)
    withdraw(article, by=editor)
    correct(article, kind="retraction", text="It never was.", by=editor)
    save(article, by=editor, **REWRITTEN)
    with pytest.raises(NotPublishable):
        correct(article, kind="correction", text="It was so.", by=editor)


def test_renamed_section_and_person_change_no_text(strict):
    reporter, editor = people()
    article = make_published(reporter, editor)
    strict.slug = "quays"
    strict.save()
    person = article.contributions.get().contributor
    person.slug = "maren-o"
    person.save()
    assert not drafts.has_unpublished_changes(article)
    correct(article, kind="correction", text="It was eight minutes.", by=editor)


def test_older_revision_says_less_of_its_picture():
    old = {"id": 7, "caption": "Quay"}
    new = old | {"alt": "", "is_decorative": False}
    assert not drafts.differences({"lead_image": old}, {"lead_image": new})
    assert drafts.differences({"lead_image": old}, {"lead_image": new | {"alt": "A quay"}})
