"""Writing a comment and a reply through their forms."""

import pytest
from django.test import Client

from comments.models import Comment, Discussion
from comments.moderating import hold, remove
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(slug="ferry")


def test_guest_writes_and_is_led_to_the_comment(client, article):
    response = client.post("/articles/ferry/comment/", typed())
    comment = Comment.objects.get()
    assert response.status_code == 302
    address = f"/articles/ferry/?posted={comment.pk}#comment-{comment.pk}"
    assert response.headers["Location"] == address
    assert (comment.name, comment.guest_email) == ("Ines Halloran", "ines@readers.example")


def test_first_comment_gives_a_guest_an_id_that_stays(client, article):
    client.get("/articles/ferry/comment/")
    assert not client.cookies
    client.post("/articles/ferry/comment/", typed())
    cookie = client.cookies["guest"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.cookies["known"].value == "1" and not client.cookies["known"]["httponly"]
    client.post("/articles/ferry/comment/", typed(text="And at four on Fridays."))
    assert Comment.objects.values("guest_id").distinct().count() == 1


def test_forged_guest_id_is_not_believed(client, article):
    client.post("/articles/ferry/comment/", typed())
    real = Comment.objects.get().guest_id
    client.cookies["guest"] = f"{real}:forged"
    client.post("/articles/ferry/comment/", typed())
    assert Comment.objects.filter(guest_id=real).count() == 1


def test_member_is_asked_for_the_comment_alone(client, article):
    member = make_user(first_name="Maren", last_name="Okafor")
    client.force_login(member)
    form = client.get("/articles/ferry/comment/")
    assert 'name="text"' in form.text and 'name="email"' not in form.text
    assert "You write as <bdi>Maren Okafor</bdi>." in form.text
    assert "no-store" in form.headers["Cache-Control"]
    client.post("/articles/ferry/comment/", typed(name="Somebody else"))
    comment = Comment.objects.get()
    assert (comment.author, comment.guest_name, comment.guest_id) == (member, "", None)
    assert "guest" not in client.cookies and client.cookies["known"].value == "1"


def test_member_who_has_signed_out_meanwhile_is_told_so(client, article):
    gone = "You are not signed in any more: sign in again, or give a name."
    form = {"text": "From a page that was open."}  # a member's has no more fields
    page = client.post("/articles/ferry/comment/", form)
    assert page.status_code == 422 and gone in page.text and form["text"] in page.text
    assert 'href="/accounts/login/?next=/articles/ferry/comment/"' in page.text
    assert gone not in client.post("/articles/ferry/comment/", typed(name="")).text


def test_reply_form_shows_what_it_answers_and_keeps_the_edition(client, article):
    make_site()
    make_article(story=article.story, language="de", slug="faehre")
    root = write(article, text="The gulls did it")
    form = client.get(f"/de/comments/{root.pk}/reply/")
    assert "The gulls did it" in form.text
    response = client.post(f"/de/comments/{root.pk}/reply/", typed())
    reply = Comment.objects.get(in_reply_to=root)
    assert reply.language == "de"
    assert response.headers["Location"].startswith("/de/articles/faehre/?posted=")


NAMES = {
    "": "This field is required.",
    "   ": "Please give a name.",
    "\u200b\u200d": "Please give a name.",
    "\u3164": "Please give a name.",
    "x" * 81: "at most 80 characters",
    "Ines\x07": "control characters",
    "Ines\u202e": "reading direction",
    "Ines\u2066": "reading direction",
}
TEXTS = {
    "": "This field is required.",
    " \n ": "Please write a comment.",
    "\u200b": "Please write a comment.",
    "x" * 5001: "5001 characters; at most 5000",
    "[" * 20000: "20000 characters; at most 5000",
    "[" * 151: "too many brackets",
    "bell\x07": "control characters",
    "a\u202eb": "reading direction",
    "pay &#x202e;moc.live": "reading direction",
    "&nbsp;": "Please write a comment",
    "&#8203;": "Please write a comment",
    ">": "Please write a comment",
    ">!": "Please write a comment",
    "a\u2067b": "reading direction",
}
BAD = [({"name": name}, message) for name, message in NAMES.items()]
BAD += [({"text": text}, message) for text, message in TEXTS.items()]
BAD += [({"email": "nobody"}, "valid email"), ({"email": ""}, "This field is required.")]
BAD += [({"email": f"{'a' * 250}@readers.example"}, "at most 254 characters")]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_input_is_explained_and_kept_and_changes_nothing(client, article, fields, message):
    root = write(article)
    for address in ("/articles/ferry/comment/", f"/comments/{root.pk}/reply/"):
        response = client.post(address, typed(**fields))
        assert response.status_code == 422
        assert message in response.text
        assert 'aria-invalid="true"' in response.text
        if "text" not in fields:
            assert "The bakery opens at five." in response.text
    assert Comment.objects.count() == 1
    assert not client.cookies


def test_null_byte_is_refused(client, article):
    for fields in ({"name": "In\x00es"}, {"text": "bak\x00ery"}):
        assert client.post("/articles/ferry/comment/", typed(**fields)).status_code == 422
    assert not Comment.objects.exists()


def test_script_is_text(client, article):
    client.post("/articles/ferry/comment/", typed(name="<script>x</script>", text="<script>y"))
    html = client.get("/articles/ferry/comments/").text
    assert "&lt;script&gt;x&lt;/script&gt;" in html and "&lt;script&gt;y" in html
    assert "<script>" not in html


@pytest.mark.parametrize("hide", [hold, remove])
def test_reply_to_a_hidden_comment_is_not_found_and_keeps_the_text(client, article, hide):
    root = write(article, text="The gulls did it")
    address = f"/comments/{root.pk}/reply/"
    assert client.get(address).status_code == 200
    hide(root, by=make_moderator())
    assert client.get(address).status_code == 404
    response = client.post(address, typed())
    assert response.status_code == 404
    assert "The bakery opens at five." in response.text
    assert "This comment is not there" in response.text and "The gulls" not in response.text
    assert Comment.objects.count() == 1


def test_closed_conversation_says_so_and_keeps_the_text(client, article):
    root = write(article)
    Discussion.objects.update(policy="closed")
    for address in ("/articles/ferry/comment/", f"/comments/{root.pk}/reply/"):
        assert client.get(address).status_code == 403
        response = client.post(address, typed())
        assert response.status_code == 403
        assert "This conversation is closed." in response.text
        assert "The bakery opens at five." in response.text
    assert Comment.objects.count() == 1
    assert 'class="comment-form"' not in client.get("/articles/ferry/comments/").text


def test_too_many_comments_from_one_prefix_wait_and_keep_the_text(client, article, settings):
    settings.COMMENTS_PER_PREFIX = 2
    client.post("/articles/ferry/comment/", typed(text=""))  # a mistake is not counted
    for last, status in ((1, 302), (2, 302), (3, 429), (250, 429)):
        address = {"REMOTE_ADDR": f"203.0.113.{last}"}
        response = client.post("/articles/ferry/comment/", typed(name=f"Reader {last}"), **address)
        assert response.status_code == status
    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert "The bakery opens at five." in response.text
    elsewhere = client.post("/articles/ferry/comment/", typed(), REMOTE_ADDR="203.0.114.1")
    assert elsewhere.status_code == 302
    assert Comment.objects.count() == 3


def test_network_takes_more_of_one_person_than_of_new_guests(client, article):
    address = "/articles/ferry/comment/"
    for last in range(1, 12):
        strangers = Client(REMOTE_ADDR=f"203.0.114.{last}")
        assert client.post(address, typed(text=f"Ahoy {last}")).status_code == 302
        response = strangers.post(address, typed(text=f"Ahoy {last}"))
        assert response.status_code == (302 if last < 11 else 429)
    assert Comment.objects.count() == 21


def test_too_many_comments_below_one_story_wait_whoever_writes(client, article, settings):
    settings.COMMENTS_PER_STORY = 2
    make_article(slug="bakery")
    for network, status in ((1, 302), (2, 302), (3, 429)):
        address = {"REMOTE_ADDR": f"203.0.{network}.1"}
        response = client.post("/articles/ferry/comment/", typed(text=f"Ahoy {network}"), **address)
        assert response.status_code == status
    assert "Ahoy 3" in response.text and response.headers["Retry-After"]
    assert client.post("/articles/bakery/comment/", typed()).status_code == 302


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_writes_below_what_readers_cannot_see(client, status):
    make_article(slug="hidden", status=status)
    assert client.post("/articles/hidden/comment/", typed()).status_code == 404
    assert client.post("/articles/no-such/comment/", typed()).status_code == 404
    assert client.post("/comments/1/reply/", typed()).status_code == 404


def test_form_only_takes_get_and_post(client, article):
    assert client.put("/articles/ferry/comment/").status_code == 405
    assert client.post("/articles/ferry/comments/").status_code == 405


def test_another_sites_form_is_refused(article):
    client = Client(enforce_csrf_checks=True)
    address = "/articles/ferry/comment/"
    for site in ("cross-site", "same-site", "none"):
        response = client.post(address, typed(), headers={"Sec-Fetch-Site": site})
        assert response.status_code == 403
    assert not Comment.objects.exists()
    own = client.post(address, typed(), headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 302
