"""Two who want one slug in the same instant."""

from itertools import cycle

import pytest
from django.db import IntegrityError, transaction

from articles.models import Redirect, Status, Topic
from articles.slugs import slug_for
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import make_article

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def rename(topic, slug):
    return lambda: Topic.objects.filter(pk=topic.pk).update(slug=slug)


def test_one_leaves_a_slug_while_another_takes_it():
    for number in range(ROUNDS):
        leaving, taking = (
            Topic.objects.create(slug=f"{name}-{number}", names={"en": name}) for name in "ab"
        )
        acts = [rename(leaving, f"new-{number}"), rename(taking, f"a-{number}")]
        raised = run_at_once(*acts)
        assert [type(error) for error in raised] == [IntegrityError]
        slugs = dict(Topic.objects.values_list("pk", "slug"))
        found = Redirect.objects.get(slug=f"a-{number}")
        assert (slugs[leaving.pk], slugs[taking.pk]) == (f"new-{number}", f"b-{number}")
        assert found.target == leaving


def test_two_that_exchange_their_slugs_never_wait_for_each_other_for_good():
    for number in range(ROUNDS):
        one, two = (
            Topic.objects.create(slug=f"{name}-{number}", names={"en": name}) for name in "ab"
        )
        raised = run_at_once(rename(one, f"b-{number}"), rename(two, f"a-{number}"))
        assert {type(error) for error in raised} <= {IntegrityError}
        assert Topic.objects.filter(slug__in=[f"a-{number}", f"b-{number}"]).count() == 2


def test_no_slug_is_in_use_and_leads_elsewhere_after_many_renamings():
    topics = [Topic.objects.create(slug=f"start-{n}", names={"en": "Topic"}) for n in range(3)]

    def wander(topic, names):
        def act():
            for slug in names:
                try:
                    with transaction.atomic():
                        rename(topic, slug)()
                except IntegrityError:
                    pass

        return act

    wanted = [f"slug-{n}" for n in range(4)]
    turns = zip(topics, cycle([wanted * 3, wanted[::-1] * 3]), strict=False)
    assert run_at_once(*[wander(topic, names) for topic, names in turns]) == []
    in_use = Topic.objects.values_list("slug", flat=True)
    assert not Redirect.objects.filter(slug__in=in_use).exists()
    assert all(each.target for each in Redirect.objects.all())


def test_two_drafts_of_one_headline_get_two_slugs():
    drafts = [make_article(headline="The ferry is late", status=Status.DRAFT) for _n in range(2)]

    def name(article):
        def act():
            with transaction.atomic():
                article.slug = slug_for(article)
                article.save()

        return act

    assert run_at_once(*map(name, drafts)) == []
    assert {each.slug for each in drafts} == {"the-ferry-is-late", "the-ferry-is-late-2"}
