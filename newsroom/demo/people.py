"""Who works at the demo newsroom: accounts with their roles, and contributors."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from accounts.addresses import vouch
from accounts.models import User
from articles.models import Contributor, Image
from articles.pictures import store_picture
from newsroom.demo.content import FIXTURES


def load_people(names: dict[str, list[str]]) -> dict[str, User]:
    """Accounts by username; `names` gives each its first and last name."""
    users = {}
    # Hashing is slow by design; it is done once for each different password.
    hashed = {
        password: make_password(password) for _role, _name, password in settings.DEMO_SIGN_INS
    }
    for role, username, password in settings.DEMO_SIGN_INS:
        first_name, last_name = names[username]
        user = User.objects.create(
            username=username,
            email=f"{username}@quillmere-courier.example",
            password=hashed[password],
            first_name=first_name,
            last_name=last_name,
            is_staff=role != "member",
        )
        if user.is_staff:
            user.groups.add(Group.objects.get(name=role))
        vouch(user)
        users[username] = user
    return users


def load_contributors(
    contributors: list[dict[str, Any]], accounts: dict[str, User]
) -> dict[str, Contributor]:
    """Contributors by slug; `accounts` maps the slugs of those who sign in."""
    return {
        row["slug"]: Contributor.objects.create(
            slug=row["slug"],
            names=row["name"],
            role_lines=row["role_line"],
            bios=row["bio"],
            portrait=_portrait(row),
            user=accounts.get(row["slug"]),
        )
        for row in contributors
    }


def _portrait(row: dict[str, Any]) -> Image | None:
    if "portrait" not in row:
        return None
    file = ContentFile((FIXTURES / "pictures" / row["portrait"]).read_bytes(), row["portrait"])
    return store_picture(file, alts=row["name"], credit="Oona Pellinen")
