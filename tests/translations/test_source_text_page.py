"""The page at the desk where a source's text is taken over."""

import pytest

from tests.builders import make_colleague, make_site
from tests.newsroom.desk_world import form_of
from tests.translations.builders import make_source_work
from translations.models import SourceText, SourceWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    make_site()
    return make_source_work(title="Winter")


def sign_in(client, role):
    client.force_login(make_colleague(role))
    return client


def page(work, name="text") -> str:
    return f"/admin/translations/sourcework/{work.pk}/{name}/"


def test_text_is_taken_over(client, work):
    desk = sign_in(client, "translator")
    form = form_of(desk, page(work)) | {"text": "Eins.\r\nZwei."}
    shown = desk.post(page(work), form, follow=True)
    assert "Taken over." in shown.text
    assert SourceText.objects.get().text == "Eins.\nZwei."
    assert "The text is the same as before." in desk.post(page(work), form, follow=True).text
    text = SourceText.objects.get()
    read = desk.get(f"/admin/translations/sourcetext/{text.pk}/change/").text
    assert "Eins.\nZwei.</pre>" in read and "<textarea" not in read


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"text": " "}, "text"), ({"text": "a\u202eb"}, "text"), ({"text": "a\x00b"}, "text"),
     ({"text": "x" * 200_001}, "text"), ({"change": "enormous"}, "change")],
)  # fmt: skip
def test_refused_text_comes_back_with_what_was_typed(client, work, fields, field):
    answer = sign_in(client, "editor").post(page(work), {"text": "a", "change": "minor"} | fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not SourceText.objects.exists()


def test_long_text_with_many_lines_is_taken(client, work):
    form = {"text": "Zeile\r\n" * 33_000, "change": "major"}  # 231,000 signs as browsers send them
    assert sign_in(client, "editor").post(page(work), form).status_code == 302
    assert len(SourceText.objects.get().text) == 197_999


def test_text_of_a_source_is_shown_as_text(client, work):
    desk = sign_in(client, "editor")
    desk.post(page(work), {"text": "<script>alert(1)</script>", "change": "major"})
    text = SourceText.objects.get()
    html = desk.get(f"/admin/translations/sourcetext/{text.pk}/change/").text
    assert "<script>alert(1)" not in html and "&lt;script&gt;alert(1)" in html


ANSWERS = """
page      reporter translator editor moderator
text      200      200        200    403
checked   403      302        302    403
withdraw  403      403        302    403
restore   403      403        302    403
"""


@pytest.mark.parametrize("line", ANSWERS.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_does_what(client, work, line):
    name, *expected = line.split()
    roles = ANSWERS.split()[1:5]
    found = []
    for role in roles:
        desk = sign_in(client, role)
        answer = desk.get(page(work)) if name == "text" else desk.post(page(work, name))
        found.append(str(answer.status_code))
        if name == "text" and role == "reporter":
            assert desk.post(page(work), {"text": "a", "change": "minor"}).status_code == 403
    assert found == expected


@pytest.mark.parametrize("name", ["checked", "withdraw", "restore"])
def test_looking_changes_nothing(client, work, name):
    before = SourceWork.objects.values().get()
    assert sign_in(client, "chief").get(page(work, name)).status_code == 405
    assert SourceWork.objects.values().get() == before


def test_source_is_compared_withdrawn_and_restored(client, work):
    desk = sign_in(client, "chief")
    for name, said in (
        ("checked", "Last compared:"),
        ("withdraw", "Withdrawn by its publication:"),
        ("restore", "It can be published from again."),
    ):
        assert said in desk.post(page(work, name), follow=True).text
    assert SourceWork.objects.get().withdrawn_at is None


def test_source_that_is_not_there_is_not_found(client, work):
    desk = sign_in(client, "chief")
    for name in ("text", "checked"):
        assert desk.post(f"/admin/translations/sourcework/0/{name}/", {}).status_code == 404
