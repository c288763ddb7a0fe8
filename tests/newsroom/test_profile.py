"""The page of a member: what every app says there, and all of it as a file."""

import json

import pytest

from accounts.forms import NameForm
from articles.publishing import publish
from comments.appealing import appeal
from comments.editing import edit, erase
from comments.flagging import flag
from comments.following import follow
from comments.models import Kind
from comments.models.sanctions import Measure
from comments.moderating import hold, remove
from comments.sanctioning import sanction
from comments.voting import Voter, vote
from operations.clock import database_now
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_site,
    make_user,
)
from tests.comments.builders import make_moderator, write
from tests.fundraising.builders import make_campaign, make_donation
from tests.pagecache.builders import Answer, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def wilma():
    return make_user(username="wilma", first_name="Wilma", last_name="Aas")


def signed_in(client, username="wilma"):
    client.post("/accounts/login/", {"login": username, "password": "lighthouse"})


def everything_of(client, wilma):
    """A comment, one that is held, a vote, a subscription, a gift."""
    article = make_article(headline="The ferry is late")
    public, held = write(article, author=wilma, text="I was there."), write(article, author=wilma)
    hold(held, by=make_moderator())
    edit(public, text="I was there too.", by=Voter(wilma), now=database_now())
    vote(write(article), voter=Voter(wilma), value=1)
    follow(article, kind=Kind.STORY, member=wilma)
    make_donation(campaign=make_campaign(), email=wilma.email)
    return public, held


def download(client):
    answer = client.get("/accounts/download/")
    return json.loads(b"".join(answer.streaming_content))


def test_stranger_is_led_to_sign_in(client):
    for path in ("", "download/", "leave/", "second-factor/"):
        assert client.get(f"/accounts/{path}")["Location"].startswith("/accounts/login/?next=")


def test_page_tells_of_everything(client, wilma):
    everything_of(client, wilma)
    signed_in(client)
    html = client.get("/accounts/").text
    for told in ("Wilma Aas", wilma.email, "1 comment<", "1 waits for a moderator", "1 vote<",
                 "You follow 1 conversation by mail", "1 gift by your address"):  # fmt: skip
        assert told in html


def test_page_of_who_has_done_nothing_is_calm(client, wilma):
    signed_in(client)
    html = client.get("/accounts/").text
    assert "0 comments<" in html
    assert "gift" not in html


def test_page_and_file_are_never_kept(client, wilma):
    signed_in(client)
    for path in ("/accounts/", "/accounts/download/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_member_changes_the_name(client, wilma):
    signed_in(client)
    client.post("/accounts/", {"first_name": " Wilma  of the Mole "})
    wilma.refresh_from_db()
    assert wilma.public_name == "Wilma of the Mole"
    client.post("/accounts/", {"first_name": ""})
    wilma.refresh_from_db()
    assert wilma.public_name == "wilma"


def test_new_name_stands_on_kept_pages(wilma, serving, django_capture_on_commit_callbacks):
    write(make_article(slug="ferry"), author=wilma)
    assert "Wilma Aas" in Answer(serving, "/articles/ferry/").body.decode()
    with django_capture_on_commit_callbacks(execute=True):
        form = NameForm({"first_name": "Wilma of the Mole"}, instance=wilma)
        assert form.is_valid() and form.saved()
    assert Answer(serving, "/articles/ferry/").how == "stale"
    settle(serving)
    own = Answer(serving, "/articles/ferry/", cookie="fresh=1")
    assert "Wilma of the Mole" in own.body.decode()


@pytest.mark.parametrize(
    "typed",
    ["Tomas Okafor", "TOMÁS okafor", "Tomas\u202eOkafor", "\u200b", "Wilma" + "\u035c" * 60],
)
def test_name_that_misleads_is_refused_and_kept_in_the_field(client, wilma, typed):
    make_user(username="tomas", first_name="Tomas", last_name="Okafor")
    signed_in(client)
    answer = client.post("/accounts/", {"first_name": typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors["first_name"]
    wilma.refresh_from_db()
    assert wilma.public_name == "Wilma Aas"


def test_desk_names_its_own_people(client):
    make_colleague("editor", username="ines")
    signed_in(client, "ines")
    client.post("/accounts/", {"first_name": "Somebody"})
    assert "Readers know you as <bdi>ines</bdi>" in client.get("/accounts/").text


def test_file_holds_everything(client, wilma):
    public, held = everything_of(client, wilma)
    signed_in(client)
    data = download(client)
    assert data["account"]["email"] == wilma.email
    assert data["account"]["addresses"][0]["verified"] is True
    assert [row["id"] for row in data["comments"]] == [public.pk, held.pk]
    assert data["comments"][0]["text"] == "I was there too."
    assert data["comments"][0]["earlier"][0]["text"] == "I was there."
    assert data["comments"][1]["status"] == "held"
    assert [row["value"] for row in data["votes"]] == [1]
    assert [row["kind"] for row in data["subscriptions"]] == ["story"]
    assert [row["email"] for row in data["gifts"]] == [wilma.email]


def test_file_holds_nothing_of_anybody_else_and_no_secret(client, wilma):
    everything_of(client, make_user(username="other"))
    signed_in(client)
    data = download(client)
    assert not any(data[key] for key in data if key != "account")
    assert "password" not in {*data["account"]} and "md5" not in json.dumps(data)


def test_page_and_file_tell_of_reports_decisions_and_appeals(client, wilma):
    article, moderator = make_article(), make_colleague("moderator")
    own, other = write(article, author=wilma), write(article)
    flag(other, by=Voter(wilma), reason="abuse", text="It names my street.")
    sanction(own, Measure.WARN, by=moderator, reason="off_topic", note="Boats only, please.")
    remove(own, by=moderator)
    appeal(own, by=Voter(wilma), text="It was about boats.", language="en")
    signed_in(client)
    html = client.get("/accounts/").text
    assert "1 report<" in html and "Boats only, please." in html
    data = download(client)
    assert [row["text"] for row in data["reports"]] == ["It names my street."]
    assert [row["note"] for row in data["decisions"]] == ["Boats only, please."]
    assert [row["text"] for row in data["appeals"]] == ["It was about boats."]
    assert [(row["comment"], row["after"]) for row in data["comment_decisions"]] == [
        (own.pk, "removed")
    ]
    erase(own, by=Voter(wilma))
    assert [row["status"] for row in download(client)["erased_comments"]] == ["removed"]


def test_file_of_the_desk_has_their_work(client):
    editor = make_editor()
    publish(make_article(status="draft", byline=[(make_contributor(), "reporter")]), by=editor)
    signed_in(client, "ines")
    assert download(client)["work"][0]["what"] == "revision"


def test_gift_by_an_address_that_is_not_proven_is_nobodys(client, wilma):
    make_donation(campaign=make_campaign(), email=wilma.email)
    wilma.emailaddress_set.update(verified=False)
    client.force_login(wilma)
    assert "gift" not in client.get("/accounts/").text


@pytest.mark.parametrize("path", ["download/", "leave/"])
def test_what_matters_asks_for_the_password_again(client, wilma, path):
    client.force_login(wilma)
    answer = client.get(f"/accounts/{path}")
    assert answer["Location"].startswith("/accounts/reauthenticate/?next=")


def test_who_has_no_password_signs_in_anew(client, wilma):
    wilma.set_unusable_password()
    wilma.save()
    client.force_login(wilma)
    assert "Sign in again" in client.get("/accounts/leave/").text
    assert client.post("/accounts/leave/", {"comments": "keep", "is_sure": "on"}).status_code == 200
    wilma.refresh_from_db()
    assert not wilma.has_left


@pytest.mark.parametrize(
    "path", ["password/set/", "email/", "devices/totp/activate/", "devices/webauthn/add/"]
)
def test_whoever_finds_an_open_browser_cannot_make_the_account_theirs(client, wilma, path):
    wilma.set_unusable_password()
    wilma.save()
    client.force_login(wilma)
    typed = {"password1": "somebody else's", "email": "else@readers.example", "action_add": ""}
    for answer in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}", typed)):
        assert "Sign in again" in answer.text
    wilma.refresh_from_db()
    assert not wilma.has_usable_password()
    assert not wilma.emailaddress_set.filter(email="else@readers.example").exists()


@pytest.mark.parametrize("language", ["de", "tr", "ru", "ar"])
def test_page_is_in_the_member_s_language(client, wilma, language):
    make_site()
    signed_in(client)
    assert (
        f'lang="{language}"' in client.get("/accounts/", headers={"Accept-Language": language}).text
    )
