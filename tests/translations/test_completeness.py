"""What publishing asks of a credit."""

import pytest
from django.contrib.auth.models import Permission

from articles.models import Role, Status
from articles.publishing import NotPublishable, publish
from tests.builders import make_article, make_contributor, make_site, make_user
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Origin

pytestmark = pytest.mark.django_db

NAME_A_TRANSLATOR = "Name at least one translator in the byline."
GIVE_THE_SOURCE = "The byline names a translator: give the source of the translation."


@pytest.fixture
def editor():
    make_site()
    editor = make_user(username="imogen")
    editor.user_permissions.add(Permission.objects.get(codename="publish_article"))
    return editor


def make_draft(*, role: str, origin: str | None):
    """A draft whose one name in the byline has this role, with a credit unless it is None."""
    article = make_article(status=Status.DRAFT, byline=[(make_contributor(), role)])
    if origin == Origin.REPUBLICATION:
        make_attribution(
            article=article, origin=origin, source_work=make_source_work(language="en")
        )
    elif origin:
        make_attribution(article=article, origin=origin)
    return article


@pytest.mark.parametrize(
    ("role", "origin"),
    [
        (Role.REPORTER, None),
        (Role.REPORTER, Origin.ORIGINAL),
        (Role.REPORTER, Origin.REPUBLICATION),
        (Role.TRANSLATOR, Origin.TRANSLATION),
    ],
)
def test_article_with_a_fitting_credit_is_published(editor, role, origin):
    article = make_draft(role=role, origin=origin)
    publish(article, by=editor)
    assert article.status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("role", "origin", "message"),
    [
        (Role.REPORTER, Origin.TRANSLATION, NAME_A_TRANSLATOR),
        (Role.TRANSLATOR, None, GIVE_THE_SOURCE),
        (Role.TRANSLATOR, Origin.ORIGINAL, GIVE_THE_SOURCE),
        (Role.TRANSLATOR, Origin.REPUBLICATION, GIVE_THE_SOURCE),
    ],
)
def test_article_with_an_open_question_is_not_published(editor, role, origin, message):
    article = make_draft(role=role, origin=origin)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert refused.value.message_dict == {"__all__": [message]}
    article.refresh_from_db()
    assert article.status == Status.DRAFT
