"""Who may do what at the desk: one group per role, written from this table.

The table names permissions as `app.model: verbs`; the groups are rewritten after each
`migrate` and by `manage.py write_roles`, so a change here is all that a change of rights needs.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models import Q

READ = {
    "articles.article": "view",
    "articles.story": "view",
    "articles.section": "view",
    "articles.topic": "view",
    "articles.contributor": "view",
    "articles.contribution": "view",
    "articles.image": "view",
    "articles.page": "view",
    "articles.revision": "view",
    "translations.publication": "view",
    "translations.sourcework": "view",
    "translations.attribution": "view",
}
WRITE = READ | {
    "articles.article": "view add change",
    "articles.story": "view add",
    "articles.contribution": "view add change delete",
    "articles.image": "view add change",
    "translations.attribution": "view add change",
}
TRANSLATE = WRITE | {
    "translations.publication": "view add",
    "translations.sourcework": "view add change",
}
EDIT = WRITE | {
    "articles.article": "view add change delete publish",
    "articles.story": "view add change delete",
    "articles.section": "view add change delete",
    "articles.topic": "view add change delete",
    "articles.contributor": "view add change delete",
    "articles.image": "view add change delete",
    "articles.page": "view add change delete",
    "translations.publication": "view add change delete",
    "translations.sourcework": "view add change delete",
    "translations.attribution": "view add change delete",
}
MODERATE = {
    "articles.article": "view",
    "articles.story": "view",
    "comments.comment": "view change",
    "comments.discussion": "view change",
}
RAISE_FUNDS = {
    "fundraising.campaign": "view add change",
    "fundraising.ledgerentry": "view add",
}
LEAD = {
    "operations.sitesettings": "view change",
    "accounts.user": "view add change",
    "auth.group": "view",
    "operations.failure": "view replay",
    "operations.scheduledjob": "view",
}

ROLES: dict[str, dict[str, str]] = {
    "reporter": WRITE,
    "translator": TRANSLATE,
    "editor": EDIT,
    "moderator": MODERATE,
    "fundraiser": RAISE_FUNDS,
    "chief": READ | MODERATE | EDIT | RAISE_FUNDS | LEAD,
}


def codenames(table: dict[str, str]) -> set[tuple[str, str]]:
    """The table as {(app label, permission codename)}."""
    return {
        (model.partition(".")[0], f"{verb}_{model.partition('.')[2]}")
        for model, verbs in table.items()
        for verb in verbs.split()
    }


def write_roles() -> None:
    """Make each role's group hold exactly its permissions. Idempotent; unknown ones raise."""
    for config in apps.get_app_configs():  # so that it does not matter who is migrated last
        create_contenttypes(config, verbosity=0)
        create_permissions(config, verbosity=0)
    for role, table in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions(codenames(table)))


def _permissions(wanted: set[tuple[str, str]]) -> list[Permission]:
    matches = Q()
    for app_label, codename in wanted:
        matches |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(matches).select_related("content_type"))
    missing = wanted - {(p.content_type.app_label, p.codename) for p in found}
    if missing:
        raise LookupError(f"No such permissions: {sorted(missing)}")
    return found


def write_roles_after_migrate(sender: AppConfig, plan: Any = (), **kwargs: Any) -> None:
    """The `post_migrate` receiver: `flush` empties what a migration wrote, this writes it again."""
    backwards = any(is_backwards for _migration, is_backwards in plan)
    if not backwards:  # tables may be gone then
        write_roles()
