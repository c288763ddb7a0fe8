"""What publishing asks of a credit."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from articles.models import Status
from articles.publishing import NotPublishable, publish
from tests.builders import make_article, make_contributor, make_site, make_user
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Method, Origin

pytestmark = pytest.mark.django_db

NAME_A_TRANSLATOR = "Name at least one translator in the byline."
GIVE_THE_SOURCE = "The byline names a translator: give the source of the translation."
A_MACHINE_DID = "The byline names a translator, but the credit says that a machine translated."


@pytest.fixture
def editor():
    make_site()
    editor = make_user(username="imogen")
    editor.user_permissions.add(Permission.objects.get(codename="publish_article"))
    return editor


def make_draft(*, role: str, origin: str | None, method: str = Method.HUMAN, language: str = ""):
    """A draft whose one name in the byline has this role, with a credit unless it is None."""
    article = make_article(status=Status.DRAFT, byline=[(make_contributor(), role)])
    if origin is None:
        return article
    fields: dict[str, Any] = {"method": method, "tool": "" if method == "human" else "Tidewords 3"}
    if method == Method.MACHINE_REVIEWED:
        fields |= {"reviewer": make_contributor(), "reviewed_on": date(2026, 5, 3)}
    if origin != Origin.ORIGINAL:
        same = origin in (Origin.REPUBLICATION, Origin.CO_PUBLICATION)
        work = make_source_work(language=language or ("en" if same else "de"))
        fields["source_work"] = work
    make_attribution(article=article, origin=origin, **fields)
    return article


FITTING = """
reporter   none          human            -
reporter   original      human            -
reporter   republication human            -
reporter   co-publication human           -
reporter   adaptation    human            -
reporter   adaptation    human            en
reporter   adaptation    machine-assisted -
reporter   adaptation    machine-raw      -
reporter   translation   machine-raw      -
reporter   translation   machine-reviewed -
translator translation   human            -
translator translation   machine-assisted -
translator adaptation    human            -
translator adaptation    machine-assisted -
"""
OPEN = {
    NAME_A_TRANSLATOR: """
reporter   translation   human            -
reviewer   translation   machine-assisted -
""",
    GIVE_THE_SOURCE: """
translator none          human            -
translator original      human            -
translator republication human            -
translator co-publication human           -
translator adaptation    human            en
translator adaptation    machine-raw      en
""",
    A_MACHINE_DID: """
translator translation   machine-raw      -
translator translation   machine-reviewed -
translator adaptation    machine-raw      -
""",
}


def draft_of(row: str):
    role, origin, method, language = row.split()
    return make_draft(
        role=role,
        origin=None if origin == "none" else origin,
        method=method,
        language=language.strip("-"),
    )


@pytest.mark.parametrize("row", FITTING.strip().splitlines())
def test_article_with_a_fitting_credit_is_published(editor, row):
    article = draft_of(row)
    publish(article, by=editor)
    assert article.status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("row", "message"),
    [(row, message) for message, rows in OPEN.items() for row in rows.strip().splitlines()],
)
def test_article_with_an_open_question_is_not_published(editor, row, message):
    article = draft_of(row)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert refused.value.message_dict == {"__all__": [message]}
    article.refresh_from_db()
    assert article.status == Status.DRAFT
