"""Who may decide about whom: moderators about readers, the chief about moderators too."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from comments.models import Appeal, DeskMark, ModerationEntry, Notice, Sanction
from comments.refusals import Outranked, OwnMatter
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_notice, make_sanction, write

pytestmark = pytest.mark.django_db
PEOPLE = ["reader", "reporter", "moderator", "chief", "superuser"]
# About whom. Of superusers none shuts out another: the account is made an ordinary one first.
MAY = {
    "moderator": {"reader"},
    "chief": {"reader", "reporter", "moderator"},
    "superuser": {"reader", "reporter", "moderator", "chief"},
}


@pytest.fixture(autouse=True)
def site():
    make_site()


def make_person(kind):
    if kind == "reader":
        return make_user()
    return (
        make_user(is_staff=True, is_superuser=True) if kind == "superuser" else make_colleague(kind)
    )


@pytest.mark.parametrize("about", PEOPLE)
@pytest.mark.parametrize("by", MAY)
def test_sanctions_are_given_by_who_stands_above(by, about):
    comment = write(make_article(), author=make_person(about))
    if about in MAY[by]:
        assert make_sanction(comment, by=make_person(by))
    else:
        with pytest.raises(Outranked):
            make_sanction(comment, by=make_person(by))


@pytest.mark.parametrize("by", MAY)
def test_nobody_sanctions_themselves(by):
    person = make_person(by)
    with pytest.raises(OwnMatter):
        make_sanction(write(make_article(), author=person), by=person)


def test_desk_says_so_beside_the_comment():
    comment = write(make_article(), author=make_colleague("chief"))
    client = Client()
    client.force_login(make_colleague("moderator"))
    typed = {"comment": comment.pk, "measure": "ban", "reason": "hate", "note": ""}
    page = client.post("/admin/comments/sanction/add/", typed)
    assert page.status_code == 422 and not Sanction.objects.exists()
    assert list(page.context["adminform"].form.errors) == ["comment"]


def refused_by_the_database(write_it):
    with pytest.raises(IntegrityError, match="nobody decides"), transaction.atomic():
        write_it()


def test_database_refuses_own_matters_whoever_writes():
    moderator = make_colleague("moderator")
    comment = write(make_article(), author=moderator)
    asked, notice = make_appeal(comment), make_notice(comment)
    answered = {"answer": "granted", "decided_by": moderator, "decided_at": comment.created_at}
    refused_by_the_database(lambda: Appeal.objects.filter(pk=asked.pk).update(**answered))
    told = {"answer": "No.", "answered_by": moderator, "answered_at": comment.created_at}
    refused_by_the_database(lambda: Notice.objects.filter(pk=notice.pk).update(**told))
    entry = ModerationEntry(comment=comment, actor=moderator, before="removed", after="public")
    refused_by_the_database(entry.save)
    refused_by_the_database(
        DeskMark(comment=comment, actor=moderator, kind="pick", is_set=True).save
    )
    person = {"person": f"member:{moderator.pk}", "given_by": moderator}
    refused_by_the_database(Sanction(comment=comment, measure="warn", reason="hate", **person).save)
    given = make_sanction(comment, by=make_colleague("chief"))
    lifting = Sanction(comment=comment, measure="lift", note="Good.", lifts=given, **person)
    refused_by_the_database(lifting.save)
