"""Nobody outside of the newsroom bears a name with which they would speak for the paper."""

from time import perf_counter

import pytest

from accounts.house_names import is_of_the_house
from accounts.models import User
from tests.builders import make_site, make_user

PAPER = "The Harbour Post"


@pytest.mark.parametrize(
    "name",
    [
        "The Harbour Post", "the harbour-post", "HarbourPost", "Harbour Post", "Hаrbоur Pоst",
        "The Harbour Post (official)", "Ines of the Harbour Post", "Harbour Post 24",
        "Admin", "ADMIN", "Аdmin", "Adm1n", "M o d e r a t o r", "Mod\u200berator", "Môderator",
        "Moderator7", "Editor of the day", "Chief editor", "admin_paul",
        "Redakteurin", "Redaktion am Abend", "Yönetici", "Ines, editör", "Модератор",
        "Главный редактор", "المشرف", "رئيس التحرير", "سلمى المحررة", "مشرف",
        "Staff", "The Staff", "Staff 7", "Newsroom Staff", "TheModerator", "themoderator", "EdiTor",
        "AdminPaul", "admin7paul", "Adm1n7", "Paul A d m i n", "Die Redaktion", "Site Yöneticisi",
        "Μoderator", "Τhe Ηarbour Post", "ɑdmin", "ᴀdmin", "Moderator™", "HarbourPost24",
        "Chief", "The Author", "Author of the piece", "Callum Adeyemi, reporter", "Journalist Ines",
        "Ines (columnist)", "Our correspondent", "Mod", "Mоds", "Die Reporterin", "Muhabir Ines",
        "Yazar", "Автор статьи", "المراسل", "كاتب المقال", "الكاتب", "Post", "The Post", "The Роst",
    ],
)  # fmt: skip
def test_name_of_the_paper_or_of_a_role_is_the_house_s(name):
    assert is_of_the_house(name, paper=PAPER)


@pytest.mark.parametrize(
    "name",
    [
        "Ines Okafor", "Staffan Holm", "Adminton", "Editha", "The Harbourmaster", "Harbour",
        "An editor of mine said", "Wilma Post", "🦊", "Анна Каренина", "سلمى حداد", "Modesta", "",
        "برويز مشرف", "Anna Staff", "Edi Tor", "Ad Min", "Ed I. Torres", "I. Okafor",
        "Post Office", "Chief Okafor", "Şevket Yazar", "ياسين الكاتب", "Авторитет",
    ],
)  # fmt: skip
def test_others_are_free(name):
    assert not is_of_the_house(name, paper=PAPER)


def test_short_name_of_a_paper_takes_no_other_word():
    assert is_of_the_house("The Now", paper="Now")
    assert not is_of_the_house("Ines Snowden", paper="Now")
    assert not is_of_the_house("Mina Sun", paper="The Sun")
    assert not is_of_the_house("Ines", paper="…")
    assert not is_of_the_house("🦊", paper="…")
    assert not is_of_the_house("باح الجديد", paper="الصَّباح الجديد")


@pytest.mark.parametrize("name", ["Harbour News", "HarbourNews", "harbournews", "Har bour News"])
def test_letters_that_look_like_one_where_words_meet_hide_no_paper(name):
    assert is_of_the_house(name, paper="Harbour News")


@pytest.mark.parametrize("name", ["a1" * 75, "\ufdfa" * 150, "a " * 75, "aB" * 75])
def test_longest_names_take_no_time_to_speak_of(name):
    is_of_the_house(name, paper=PAPER)
    start = perf_counter()
    assert not is_of_the_house(name, paper=PAPER)
    assert perf_counter() - start < 0.05


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["TheHarbourPost", "moderator", "admin-7"])
def test_nobody_signs_up_by_such_a_name(client, name):
    make_site(name=PAPER)
    typed = {"username": name, "email": "wilma@readers.example"}
    answer = client.post("/accounts/signup/", typed)
    assert "belongs to the paper" in answer.context["form"].errors["username"][0]
    assert not User.objects.exists()


@pytest.mark.django_db
def test_no_member_takes_such_a_name_later(client):
    make_site(name=PAPER)
    client.force_login(make_user(username="wilma"))
    answer = client.post("/accounts/", {"first_name": "Editor of the Harbour Post"})
    assert answer.status_code == 422
    assert "belongs to the paper" in answer.context["form"].errors["first_name"][0]
    assert User.objects.get().public_name == "wilma"


@pytest.mark.django_db
def test_the_desk_names_its_own_people_as_it_likes(client):
    user = make_user(username="editor", is_staff=True, first_name="Night", last_name="Editor")
    user.full_clean()
    assert user.public_name == "Night Editor"
