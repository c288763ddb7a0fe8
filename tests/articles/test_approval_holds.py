"""Ways around a section's wish for a second pair of eyes, and what is not one."""

import pytest
from django.core.exceptions import ValidationError

from articles import drafts
from articles.correcting import correct
from articles.merging import merge
from articles.models import Role, Section, Topic
from articles.publishing import NotPublishable, publish, withdraw
from articles.reviewing import approve, submit
from tests.articles.review import make_saved, newest, save
from tests.builders import make_colleague, make_contributor, make_section, make_site

pytestmark = pytest.mark.django_db
REWRITTEN = {"body": "<p>Nothing of what stood here before is left.</p>"}
MENDED = {
    "kicker": "Ferries",
    "headline": "The ferry leaves nine minutes later",
    "dateline": "Quillmere",
    "byline": [],
    "lead_image": {"id": None, "caption": "The quay"},
    "topics": [],
}


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


@pytest.mark.parametrize("part", [*MENDED, "body"])
def test_who_changes_anything_of_what_was_submitted_is_a_writer(part):
    reporter, editor = people()
    article = make_saved(by=reporter, byline=[(make_contributor(), Role.REPORTER)])
    article.topics.add(Topic.objects.create(slug="water", names={"en": "Water"}))
    save(article, by=reporter, **drafts.snapshot(article))
    submit(article, by=reporter)
    save(article, by=editor, **{part: (MENDED | REWRITTEN)[part]})
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


@pytest.mark.parametrize("is_in_both", [False, True])
def test_two_people_who_become_one_change_no_text(is_in_both):
    reporter, editor = people()
    kept, double = make_contributor(slug="maren"), make_contributor(slug="m-o")
    both = [(kept, Role.REPORTER), (double, Role.REPORTER)]
    article = make_saved(by=reporter, byline=both if is_in_both else both[1:])
    submit(article, by=reporter)
    approve(article, by=editor, seen=newest(article))
    merge(kept, double, by=editor)
    publish(article, by=editor)
    assert not drafts.has_unpublished_changes(article)


def test_who_wrote_it_under_a_merged_name_does_not_approve_it():
    reporter, editor = people()
    kept, double = make_contributor(slug="maren"), make_contributor(slug="m-o", user=editor)
    article = make_saved(by=reporter, byline=[(double, Role.REPORTER)])
    submit(article, by=reporter)
    merge(kept, double, by=editor)
    with pytest.raises(ValidationError, match="somebody who did not write it"):
        approve(article, by=editor, seen=newest(article))


def test_another_person_in_the_byline_changes_the_text():
    reporter, editor = people()
    article = make_published(reporter, editor)
    line = newest(article).snapshot["byline"][0]
    other = make_contributor(slug="other")
    save(article, by=editor, byline=[line | {"contributor": {"id": other.pk, "slug": "other"}}])
    assert drafts.changes(article) == ["Byline: changed."]


def test_older_revision_says_less_of_its_picture():
    old = {"id": 7, "caption": "Quay"}
    new = old | {"alt": "", "is_decorative": False}
    assert not drafts.differences({"lead_image": old}, {"lead_image": new})
    assert drafts.differences({"lead_image": old}, {"lead_image": new | {"alt": "A quay"}})
