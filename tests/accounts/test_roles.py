import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts.roles import ROLES, codenames, write_roles
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def person(role):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def test_every_role_holds_exactly_its_permissions():
    for role, table in ROLES.items():
        rights = Group.objects.get(name=role).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert set(rights) == codenames(table), role


def test_writing_roles_again_takes_back_what_was_added_by_hand(capsys):
    reporters = Group.objects.get(name="reporter")
    reporters.permissions.add(Permission.objects.get(codename="publish_article"))
    call_command("write_roles")
    assert not reporters.permissions.filter(codename="publish_article").exists()
    assert "reporter" in capsys.readouterr().out


@pytest.mark.parametrize("role", ["editor", "moderator", "fundraiser"])
def test_a_chief_may_all_that_the_desks_may(role):
    assert codenames(ROLES[role]) <= codenames(ROLES["chief"])


def test_misspelt_permission_is_refused(monkeypatch):
    monkeypatch.setitem(ROLES, "reporter", {"articles.article": "vew"})
    with pytest.raises(LookupError, match="vew_article"):
        write_roles()


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("articles.change_article", {"reporter", "translator", "editor", "chief"}),
        ("articles.publish_article", {"editor", "chief"}),
        ("translations.add_sourcework", {"translator", "editor", "chief"}),
        ("translations.change_assignment", {"translator", "editor", "chief"}),
        ("translations.add_assignment", {"editor", "chief"}),
        ("translations.assign_assignment", {"editor", "chief"}),
        ("comments.change_comment", {"moderator", "chief"}),
        ("fundraising.add_ledgerentry", {"fundraiser", "chief"}),
        ("operations.change_sitesettings", {"chief"}),
        ("accounts.change_user", {"chief"}),
        ("fundraising.change_ledgerentry", set()),
        ("fundraising.change_dedication", {"moderator", "fundraiser", "chief"}),
        ("fundraising.view_receipt", {"fundraiser", "chief"}),
        ("fundraising.export_donor", {"fundraiser", "chief"}),
        ("fundraising.erase_donor", {"fundraiser", "chief"}),
        ("fundraising.delete_ledgerentry", set()),
    ],
)
def test_desks_have_the_rights_that_they_need_and_no_more(permission, allowed):
    assert {role for role in ROLES if person(role).has_perm(permission)} == allowed
