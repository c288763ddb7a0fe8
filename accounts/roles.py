"""Who may do what at the desk: one group per role, written from this table.

The table names permissions as `app.model: verbs`; the groups are rewritten after each
`migrate` and by `manage.py write_roles`, so a change here is all that a change of rights needs.
"""

from enum import IntEnum
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models import QuerySet

from accounts.models import User

READ = {
    "articles.article": "view",
    "articles.story": "view",
    "articles.section": "view",
    "articles.topic": "view",
    "articles.series": "view",
    "articles.contributor": "view",
    "articles.contribution": "view",
    "articles.image": "view",
    "articles.page": "view",
    "articles.revision": "view",
    "articles.reviewentry": "view",
    "articles.redirect": "view",
    "articles.slot": "view",
    "translations.publication": "view",
    "translations.sourcework": "view",
    "translations.attribution": "view",
    "translations.licence": "view",
    "translations.assignment": "view",
}
WRITE = READ | {
    "articles.article": "view add change",
    "articles.story": "view add",
    "articles.contribution": "view add change delete",
    "articles.image": "view add change",
    "articles.reviewentry": "view add",
    "translations.attribution": "view add change",
    "comments.errorreport": "view change",  # of what they had a part in
    "comments.discussion": "view add change",  # of their own stories: hold, close
    "comments.protection": "view add change delete",  # of themselves
}
TRANSLATE = WRITE | {
    "translations.publication": "view add",
    "translations.sourcework": "view add change",
    "translations.sourcetext": "view add",
    "translations.permission": "view",
    "translations.attribution": "view add change reconcile",
    "translations.assignment": "view change",  # takes on, gives back
}
EDIT = WRITE | {
    "articles.article": "view add change delete publish review",
    "articles.story": "view add change delete",
    "articles.section": "view add change delete",
    "articles.topic": "view add change delete",
    "articles.series": "view add change delete",
    "articles.contributor": "view add change delete",
    "articles.image": "view add change delete",
    "articles.page": "view add change delete",
    "articles.slot": "view add change delete",
    "articles.redirect": "view delete",
    "translations.publication": "view add change delete",
    "translations.sourcework": "view add change delete",
    "translations.sourcetext": "view add",
    "translations.licence": "view add change delete",
    "translations.permission": "view add change delete",
    "translations.attribution": "view add change delete reconcile",
    "translations.assignment": "view add change assign",
    "comments.passage": "view add change delete",
}
MODERATE = {
    "articles.article": "view",  # of those that are or were public
    "comments.comment": "view change",
    "comments.discussion": "view add change",
    "comments.protection": "view add change delete",
    "comments.flag": "view",
    "comments.appeal": "view change",
    "comments.notice": "view change",
    "comments.sanction": "view add change",  # gives and lifts
    "fundraising.dedication": "view change",
}
RAISE_FUNDS = {
    "fundraising.campaign": "view add change",
    "fundraising.donation": "view",
    "fundraising.campaignchoice": "view add change delete",
    "articles.section": "view",  # to choose campaigns for them
    "articles.story": "view",
    "fundraising.ledgerentry": "view add",
    "fundraising.statement": "view add",
    "fundraising.providerevent": "view replay",
    "fundraising.receipt": "view",
    "fundraising.dedication": "view change",
    "fundraising.donor": "export erase",
}
LEAD = {
    "operations.sitesettings": "view change",
    "accounts.user": "view add change",
    "auth.group": "view",
    "articles.remit": "view add change delete",
    "operations.failure": "view replay",
    "operations.scheduledjob": "view",
}


def together(*tables: dict[str, str]) -> dict[str, str]:
    """All that any of the tables grants; none takes away what another one does."""
    verbs: dict[str, set[str]] = {}
    for model, granted in (row for table in tables for row in table.items()):
        verbs.setdefault(model, set()).update(granted.split())
    return {model: " ".join(sorted(granted)) for model, granted in verbs.items()}


ROLES: dict[str, dict[str, str]] = {
    "reporter": WRITE,
    "translator": TRANSLATE,
    "editor": EDIT,
    "moderator": MODERATE,
    "fundraiser": RAISE_FUNDS,
    "chief": together(READ, MODERATE, EDIT, RAISE_FUNDS, LEAD),
}


class Rank(IntEnum):
    """Whom one stands above."""

    READER = 0
    COLLEAGUE = 1
    CHIEF = 2
    SUPERUSER = 3


def rank_of(person: User) -> Rank:
    """One query for people of the desk, else none."""
    if person.is_superuser:
        return Rank.SUPERUSER
    if not person.is_staff:
        return Rank.READER
    return Rank.CHIEF if person.groups.filter(name="chief").exists() else Rank.COLLEAGUE


def codenames(table: dict[str, str]) -> set[tuple[str, str]]:
    """The table as {(app label, permission codename)}."""
    return {
        (model.partition(".")[0], f"{verb}_{model.partition('.')[2]}")
        for model, verbs in table.items()
        for verb in verbs.split()
    }


def write_roles() -> None:
    """Make each role's group hold exactly its permissions. Idempotent; unknown ones raise."""
    wanted = {role: codenames(table) for role, table in ROLES.items()}
    permissions = _permissions(set().union(*wanted.values()))
    Group.objects.bulk_create([Group(name=role) for role in ROLES], ignore_conflicts=True)
    groups = dict(Group.objects.filter(name__in=ROLES).values_list("name", "pk"))
    rights = {(groups[role], permissions[name]) for role in ROLES for name in wanted[role]}
    _write(rights, Group.permissions.through.objects.filter(group__in=groups.values()))


def _permissions(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The keys of the permissions by (app label, codename)."""
    labels = {app_label for app_label, _codename in wanted}
    for label in labels & apps.app_configs.keys():  # it does not matter who is migrated last
        create_contenttypes(apps.get_app_config(label), verbosity=0)
        create_permissions(apps.get_app_config(label), verbosity=0)
    rows = Permission.objects.filter(content_type__app_label__in=labels)
    found = {(app, name): key for app, name, key in rows.values_list(
        "content_type__app_label", "codename", "pk")}  # fmt: skip
    if missing := wanted - found.keys():
        raise LookupError(f"No such permissions: {sorted(missing)}")
    return found


def _write(rights: set[tuple[int, int]], held: QuerySet) -> None:
    """Makes the rows of (group, permission) those of `rights`."""
    keys = {(row.group_id, row.permission_id): row.pk for row in held}
    held.filter(pk__in=[key for pair, key in keys.items() if pair not in rights]).delete()
    through = held.model
    through.objects.bulk_create(
        through(group_id=group, permission_id=permission)
        for group, permission in rights - keys.keys()
    )


def write_roles_after_migrate(sender: AppConfig, plan: Any = (), **kwargs: Any) -> None:
    """The `post_migrate` receiver: `flush` empties what a migration wrote, this writes it again."""
    backwards = any(is_backwards for _migration, is_backwards in plan)
    if not backwards:  # tables may be gone then
        write_roles()
