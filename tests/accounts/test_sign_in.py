import pytest

from tests.builders import make_user

pytestmark = pytest.mark.django_db


def sign_in(client, user, password="lighthouse"):
    return client.post("/accounts/login/", {"login": user.username, "password": password})


def test_member_signs_in_and_sees_whose_account_it_is(client):
    page = client.post(
        "/accounts/login/",
        {"login": make_user(username="wilma").username, "password": "lighthouse"},
        follow=True,
    )
    assert page.redirect_chain == [("/accounts/", 302)]
    assert "Readers know you as <bdi>wilma</bdi>" in page.text
    assert "Successfully" not in page.text


def test_who_signs_out_is_told_so_at_once(client):
    client.force_login(make_user())
    page = client.post("/accounts/logout/", follow=True)
    assert page.redirect_chain == [("/accounts/login/", 302)]
    assert "You have signed out." in page.text


def test_foot_of_an_account_s_pages_leads_members_to_their_account(client):
    assert (
        'href="/accounts/login/" rel="nofollow">Sign in</a>' in client.get("/accounts/left/").text
    )
    client.force_login(make_user())
    for path in ("/accounts/", "/accounts/left/", "/accounts/email/", "/me/comments/"):
        foot = client.get(path, follow=True).text.partition("<footer")[2]
        assert 'href="/accounts/" rel="nofollow">Your account</a>' in foot, path
        assert "Sign in" not in foot


def test_person_of_the_desk_lands_there(client):
    assert sign_in(client, make_user(is_staff=True))["Location"] == "/admin/"


def test_e_mail_address_works_as_well_as_the_name(client):
    user = make_user()
    response = client.post("/accounts/login/", {"login": user.email, "password": "lighthouse"})
    assert response.status_code == 302


def test_wrong_password_keeps_the_name_and_says_so(client):
    user = make_user(username="wilma")
    response = sign_in(client, user, "lightship")
    assert "wilma" in response.text
    assert "The name or the password is wrong." in response.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "User name or e-mail address"), ("tr", "Kullanıcı adı veya e-posta adresi")],
)
def test_sign_in_page_asks_in_the_reader_s_language(client, language, label):
    html = client.get("/accounts/login/", headers={"Accept-Language": language}).text
    assert label in html
    assert "placeholder" not in html


def test_next_never_leads_to_another_site(client):
    user = make_user()
    form = {"login": user.username, "password": "lighthouse", "next": "https://elsewhere.example/"}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/"


def test_signing_out_needs_a_post(client):
    client.force_login(make_user())
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_desk_sends_strangers_to_the_sign_in_page(client):
    response = client.get("/admin/articles/article/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/articles/article/"


def test_member_is_refused_at_the_desk(client):
    client.force_login(make_user())
    assert client.get("/admin/", follow=True).status_code == 403
