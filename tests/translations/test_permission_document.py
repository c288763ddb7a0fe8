"""The document of a permission: kept away from readers, opened at the desk alone."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.builders import make_colleague, make_site, make_user
from tests.newsroom.desk_world import form_of
from tests.translations.builders import make_permission, make_source_work
from translations.documents import MAX_BYTES
from translations.models import Permission

pytestmark = pytest.mark.django_db

LETTER = b"%PDF-1.7 You may translate it."


@pytest.fixture(autouse=True)
def private(tmp_path, monkeypatch):
    """The folder of documents, for one test."""
    folder = tmp_path / "private"
    storage = FileSystemStorage(location=folder)
    monkeypatch.setattr(Permission._meta.get_field("document"), "storage", storage)
    return folder


@pytest.fixture
def desk():
    make_site()
    return signed_in(make_colleague("editor"))


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def make_documented(*, name="letter.pdf", content=LETTER):
    return make_permission(document=SimpleUploadedFile(name, content))


def address(permission) -> str:
    return f"/admin/translations/permission/{permission.pk}/document/"


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.*"))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("editor", 200),
        ("chief", 200),
        ("translator", 200),
        ("reporter", 403),
        ("moderator", 403),
        ("fundraiser", 403),
    ],
)
def test_who_opens_it(role, status):
    answer = signed_in(make_colleague(role)).get(address(make_documented()))
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == LETTER


def test_strangers_and_members_do_not(client):
    url = address(make_documented())
    assert "/login/" in client.get(url)["Location"]
    assert signed_in(make_user()).get(url, follow=True).status_code == 403


def test_browsers_keep_it_and_run_nothing_of_it(desk):
    answer = desk.get(address(make_documented(name="letter.txt", content=b"<script>")))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] and "public" not in answer["Cache-Control"]


def test_it_is_only_read(desk):
    assert desk.head(address(make_documented())).status_code == 200
    assert desk.post(address(make_documented())).status_code == 405


def test_what_is_not_there_is_not_found(desk, private):
    assert desk.get(address(make_permission())).status_code == 404
    assert desk.get("/admin/translations/permission/0/document/").status_code == 404
    permission = make_documented()
    next(private.rglob("*.pdf")).unlink()
    assert desk.get(address(permission)).status_code == 404


def test_it_lies_outside_of_media_and_no_page_links_there(desk, private, client):
    permission = make_documented()
    assert files(private) == ["letter.pdf"]
    assert client.get(f"/media/{permission.document.name}").status_code == 404
    for reader in (desk, signed_in(make_colleague("translator"))):
        form = reader.get(f"/admin/translations/permission/{permission.pk}/change/").text
        assert f'href="{address(permission)}"' in form
        assert "/media/" not in form


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("letter.pdf", LETTER, True),
        ("LETTER.PDF", LETTER, True),
        ("mail.eml", "Von: Wiebke Harmsen, Büro".encode("latin-1"), True),
        ("scan.jpeg", b"\xff\xd8\xff\xe0", True),
        ("scan.png", b"\x89PNG\r\n\x1a\n", True),
        ("../../brief.txt", "Прочитайте".encode(), True),
        ("letter.pdf", b"<html>", False),
        ("scan.png", b"\xff\xd8\xff\xe0", False),
        ("letter.txt", b"MZ\x00\x01", False),
        ("letter.html", b"<script>", False),
        ("letter.svg", b"<svg>", False),
        ("letter", LETTER, False),
        ("letter.pdf.exe", LETTER, False),
        ("letter.pdf", b"", False),
        ("letter.pdf", LETTER.ljust(MAX_BYTES), True),
        ("letter.pdf", LETTER.ljust(MAX_BYTES + 1), False),
    ],
)  # fmt: skip
def test_what_is_taken_in(desk, private, name, content, is_taken):
    url = "/admin/translations/permission/add/"
    form = form_of(desk, url) | {"source_work": make_source_work().pk, "kind": "contract"}
    answer = desk.post(url, form | {"document": SimpleUploadedFile(name, content)})
    if is_taken:
        assert answer.status_code == 302, answer.context["errors"]
    else:
        assert list(answer.context["adminform"].form.errors) == ["document"]
    assert len(files(private)) == Permission.objects.count() == int(is_taken)


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        ({"document": SimpleUploadedFile("new.pdf", LETTER)}, ["new.pdf"]),
        ({"document-clear": "on"}, []),
        ({}, ["letter.pdf"]),
    ],
)
def test_replaced_document_is_forgotten(
    desk, private, django_capture_on_commit_callbacks, sent, left
):
    permission = make_documented()
    url = f"/admin/translations/permission/{permission.pk}/change/"
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(url, form_of(desk, url) | sent).status_code == 302
    assert files(private) == left


def test_document_goes_with_its_permission(desk, private, django_capture_on_commit_callbacks):
    permission = make_documented()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/admin/translations/permission/{permission.pk}/delete/", {"post": "yes"})
    assert files(private) == [] and not Permission.objects.exists()
