from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import User
from accounts.names import name_key, shown_name
from tests.builders import make_user

write_keys = import_module("accounts.migrations.0007_more_letters_look_alike").write


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ines Okafor", "ines  okafor"), ("Ines", "Ínès"), ("Ines", "Іnеs"), ("Bill", "BiII"),
     ("Bob", "B0b"), ("Ines", "I.n-e_s"), ("ＩＮＥＳ", "ines"), ("Işıl", "isil"),
     ("Barney", "Bamey"), ("Μaren Ηolm", "Maren Holm"), ("Βeζ", "Bez"), ("ɑlɡɑ", "alga"),
     ("ɪɴᴇꜱ Oᴋᴀꜰᴏʀ", "Ines Okafor")],
    ids=["case", "accents", "cyrillic", "capital-i", "zero", "signs", "wide", "turkish", "rn",
         "greek", "greek-2", "latin-alpha", "small-capitals"],
)  # fmt: skip
def test_names_that_look_the_same_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ines", "Inez"), ("Анна", "Нина"), ("سلمى", "ليلى"), ("reader-2", "reader-3")],
    ids=["latin", "cyrillic", "arabic", "figures"],
)
def test_others_have_two(one, other):
    assert name_key(one) != name_key(other)


def test_who_has_left_is_called_so_in_the_language_of_the_page():
    assert shown_name("", "", "former:12") == "a former member"
    with override("de"):
        assert "former:" not in shown_name("", "", "former:12")


@pytest.mark.django_db
def test_database_refuses_two_who_look_the_same():
    make_user(username="ines")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(username="INES")


@pytest.mark.django_db
def test_key_follows_the_name():
    user = make_user(username="ines")
    user.first_name = "Wilma"
    user.save(update_fields=["first_name"])
    assert [*User.objects.called("WILMA")] == [user]
    assert not User.objects.called("ines")


@pytest.mark.django_db
def test_name_that_nobody_sees_is_nobodys():
    make_user(username="ines")
    for unseen in ("", " ", "\u200b\u2060", "\ufe0f"):
        assert name_key(unseen) == "" and not User.objects.called(unseen)


@pytest.mark.parametrize(
    ("one", "other"), [("🦊", "🦊\ufe0f"), ("★★★", "★ ★ ★"), ("…", "...")],
    ids=["variant", "spaces", "dots"],
)  # fmt: skip
def test_name_of_signs_alone_is_one_persons(one, other):
    assert name_key(one) == name_key(other) not in ("", name_key("♞"))


@pytest.mark.django_db
def test_who_looks_like_another_only_now_keeps_the_name_without_a_key():
    _first, other, alone = (make_user(username=name) for name in ("maren", "other", "alone"))
    for user, name in ((other, "μaren"), (alone, "ines ζ")):
        User.objects.filter(pk=user.pk).update(username=name, name_key=name.replace(" ", ""))
    write_keys(apps, None)
    keys = dict(User.objects.values_list("username", "name_key"))
    assert keys == {"maren": "maren", "μaren": None, "ines ζ": "inesz"}


def test_key_of_the_longest_name_has_room():
    """Of one letter Unicode makes eighteen."""
    assert len(name_key("\ufdfa" * 300)) == User._meta.get_field("name_key").max_length
    assert name_key("Ines" * 75) == "ines" * 75
