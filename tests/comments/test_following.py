"""Following by mail through forms and links: GET shows, POST does."""

import pytest
from django.test import Client

from comments.following import confirm, follow
from comments.links import MANAGE, STOP, link
from comments.models import Comment, Follower, Frequency, Kind, Subscription
from comments.tasks import forget_unconfirmed
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import typed, write
from tests.comments.post_office import link_in, open_post_office, work

pytestmark = pytest.mark.django_db
FORM = "/articles/ferry/follow/"
GUEST = {"email": "olu@readers.example", "frequency": "daily"}


@pytest.fixture
def office():
    with open_post_office() as office:
        yield office


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", headline="The ferry leaves later")


def path(purpose: str, pk: int) -> str:
    return "/subscriptions" + link(purpose, pk, language="en").partition("/subscriptions")[2]


def test_guest_follows_confirms_and_is_told(client, office, article):
    assert 'name="email"' in client.get(FORM).text
    assert client.post(FORM, GUEST).headers["Location"] == "/subscriptions/sent/"
    work()
    (mail,) = office.take()
    assert mail["To"] == "olu@readers.example"
    assert mail["Subject"] == "Please confirm: mail about “The ferry leaves later”"
    address = link_in(mail, "confirm")
    assert "The ferry leaves later" in client.get(address).text
    assert Subscription.objects.get().confirmed_at is None, "a GET changes nothing"
    for _repeat in range(2):
        assert "From now on you are told" in client.post(address).text
    subscription = Subscription.objects.get()
    assert subscription.confirmed_at and subscription.frequency == Frequency.DAILY


def test_member_follows_at_once_without_giving_an_address(client, article):
    client.force_login(make_user())
    assert 'name="email"' not in client.get(FORM).text
    assert client.post(FORM, {"frequency": "now"}).headers["Location"] == "/subscriptions/"
    assert Subscription.objects.get().confirmed_at
    assert "The ferry leaves later" in client.get("/subscriptions/").text


def test_branch_is_followed_from_its_comment(client, article):
    root = write(article)
    assert f"/comments/{root.pk}/follow/" in client.get(f"/comments/{root.pk}/reply/").text
    client.post(f"/comments/{root.pk}/follow/", GUEST)
    assert Subscription.objects.get(kind=Kind.BRANCH).comment == root


@pytest.mark.parametrize("notify", [Kind.STORY, Kind.REPLIES])
def test_comments_form_follows_as_well(client, office, article, notify):
    client.post("/articles/ferry/comment/", typed(notify=notify.value))
    subscription = Subscription.objects.get()
    mine = Comment.objects.get()
    assert subscription.comment == (mine if notify == Kind.REPLIES else None)
    work()
    (mail,) = office.take()
    client.post(link_in(mail, "confirm"))
    write(article, in_reply_to=mine, author=make_user())
    work()
    assert [mail["To"] for mail in office.take()] == ["ines@readers.example"]


def test_comment_without_a_wish_asks_for_nothing(client, article):
    client.post("/articles/ferry/comment/", typed())
    client.post("/articles/ferry/comment/", typed(notify=""))
    assert not Subscription.objects.exists()
    assert client.post("/articles/ferry/comment/", typed(notify="branch")).status_code == 422


def test_one_click_from_a_mail_program_ends_it(office, article):
    client = Client(enforce_csrf_checks=True)
    follow(article, kind=Kind.STORY, member=make_user())
    write(article)
    work()
    (mail,) = office.take()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = mail["List-Unsubscribe"]
    assert raw.startswith("<http://localhost") and raw.endswith(">")
    address = "/subscriptions" + raw.strip("<>").partition("/subscriptions")[2]
    assert client.get(address).status_code == 200
    assert Subscription.objects.exists(), "a GET changes nothing"
    for _repeat in range(2):
        response = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200 and "No more of these mails" in response.text
    assert not Subscription.objects.exists()


def test_list_unsubscribe_is_one_unencoded_address_on_the_wire(office, article):
    follow(article, kind=Kind.STORY, member=make_user())
    write(article)
    work()
    head = office.raw[0].partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    (line,) = [x for x in head.split(b"\r\n") if x.startswith(b"List-Unsubscribe:")]
    assert b"=?" not in line and line.count(b"<http://localhost") == 1 and line.endswith(b">")
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


def test_only_the_signed_links_are_exempt_from_the_token(article):
    client = Client(enforce_csrf_checks=True)
    stranger = {"Sec-Fetch-Site": "cross-site"}
    subscription = follow(article, kind=Kind.STORY, member=make_user())
    for address in (FORM, "/subscriptions/", path(MANAGE, subscription.follower_id)):
        assert client.post(address, GUEST, headers=stranger).status_code == 403
    assert client.post(path(STOP, subscription.pk), headers=stranger).status_code == 200


@pytest.mark.parametrize("purpose", ["confirm", "stop", "stop-all", "mine"])
def test_forged_links_and_links_for_another_purpose_are_not_found(client, article, purpose):
    subscription = follow(article, kind=Kind.STORY, email="olu@readers.example")
    token = path("confirm" if purpose != "confirm" else STOP, subscription.pk).split("/")[-2]
    for forged in (token, f"{subscription.pk}:forged", "1", f"{token}x"):
        for ask in (client.get, client.post):
            assert ask(f"/subscriptions/{purpose}/{forged}/").status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_guest_manages_by_a_mailed_link(client, office, article):
    subscription = follow(article, kind=Kind.STORY, email="olu@readers.example")
    confirm(subscription)
    work()
    office.take()
    for email in ("olu@readers.example", "nobody@readers.example"):
        response = client.post("/subscriptions/", {"email": email})
        assert response.headers["Location"] == "/subscriptions/sent/"
    work()
    (mail,) = office.take()
    address = link_in(mail, "mine")
    assert "The ferry leaves later" in client.get(address).text
    chosen = {"subscription": subscription.pk}
    client.post(address, chosen | {"frequency": "hourly"})
    assert Subscription.objects.get().frequency == Frequency.HOURLY
    client.post(address, chosen | {"stop": "1"})
    assert not Subscription.objects.exists()
    assert not Follower.objects.exists(), "the address is forgotten with it"
    assert "You follow nothing" in client.get(address).text


def test_nobody_changes_what_somebody_else_follows(client, article):
    theirs = follow(article, kind=Kind.STORY, member=make_user())
    me = make_user()
    follow(article, kind=Kind.STORY, member=me)
    client.force_login(me)
    for chosen in (theirs.pk, "x", "", "9" * 30):
        response = client.post("/subscriptions/", {"subscription": chosen, "stop": "1"})
        assert response.status_code == 404
    client.post("/subscriptions/", {"stop_all": "1"})
    assert list(Subscription.objects.all()) == [theirs]


def test_stranger_cannot_change_or_flood_a_confirmed_address(client, office, article, settings):
    settings.FORMS_PER_PREFIX = 100
    subscription = follow(article, kind=Kind.STORY, email="olu@readers.example")
    work()
    confirm(subscription)
    client.post(FORM, GUEST)
    assert Subscription.objects.get().frequency == Frequency.NOW
    for number in range(8):
        make_article(slug=f"story-{number}")
        client.post(f"/articles/story-{number}/follow/", GUEST)
    work()
    assert len(office.take()) == 5, "what a stranger can cause in a day"


def test_too_many_wishes_from_one_prefix_wait(client, article, settings):
    settings.FORMS_PER_PREFIX = 1
    assert client.post(FORM, GUEST).status_code == 302
    response = client.post(FORM, GUEST)
    assert response.status_code == 429 and int(response.headers["Retry-After"]) > 0
    assert 'value="olu@readers.example"' in response.text


BAD = [
    ({"email": "nobody"}, "valid email"),
    ({"email": "a@b.example\r\nBcc: c@d.example"}, "valid email"),
    ({"frequency": "yearly"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_input_is_explained_and_changes_nothing(client, article, fields, message):
    response = client.post(FORM, GUEST | fields)
    assert response.status_code == 422 and message in response.text
    assert not Follower.objects.exists()


def test_what_is_not_live_cannot_be_followed(client):
    make_article(slug="hidden", status="draft")
    assert client.get("/articles/hidden/follow/").status_code == 404
    assert client.post("/articles/hidden/follow/", GUEST).status_code == 404
    assert client.get("/comments/1/follow/").status_code == 404


def test_wishes_that_nobody_confirms_are_forgotten(article):
    old = follow(article, kind=Kind.STORY, email="olu@readers.example")
    kept = follow(article, kind=Kind.STORY, email="ada@readers.example")
    Subscription.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00Z")
    assert forget_unconfirmed.call() == 1
    assert list(Follower.objects.values_list("pk", flat=True)) == [kept.follower_id]


def test_pages_are_personal_and_speak_the_editions_language(client, article):
    client.force_login(make_user())
    response = client.get("/de/subscriptions/")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Sie folgen nichts per E-Mail." in response.text
