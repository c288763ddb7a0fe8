"""Believable rows for tests: a test states only what it depends on."""

from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Pillow

from accounts.models import User
from articles.models import (
    Article,
    Contribution,
    Contributor,
    Image,
    Section,
    Series,
    Status,
    Story,
)
from operations.models import SiteSettings

_numbers = count(1)


def make_user(*, username: str = "", **fields: Any) -> User:
    username = username or f"member-{next(_numbers)}"
    fields.setdefault("email", f"{username}@readers.example")
    user = User.objects.create_user(username=username, password="lighthouse", **fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_section(*, slug: str = "harbour", name: str = "Harbour") -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"names": {"en": name}})[0]


def make_series(*, slug: str = "letters", name: str = "Letters", **fields: Any) -> Series:
    return Series.objects.create(slug=slug, names={"en": name}, **fields)


def make_contributor(*, slug: str = "", name: str = "Maren Okafor", **fields: Any) -> Contributor:
    slug = slug or f"contributor-{next(_numbers)}"
    return Contributor.objects.create(slug=slug, names={"en": name}, **fields)


def make_article(
    *,
    story: Story | None = None,
    language: str = "en",
    headline: str = "The ferry leaves eight minutes later",
    slug: str = "",
    status: str = Status.PUBLISHED,
    publish_at: datetime | None = None,
    byline: list[tuple[Contributor, str]] | None = None,
    **fields: Any,
) -> Article:
    """A live article, unless `status` or the times say otherwise."""
    number = next(_numbers)
    if publish_at is None and status != Status.DRAFT:
        publish_at = timezone.now() - timedelta(hours=1)
    fields.setdefault("section", make_section())
    fields.setdefault("body", "<p>The harbour board agreed on Tuesday.</p>")
    article = Article.objects.create(
        story=story or Story.objects.create(),
        language=language,
        headline=headline,
        slug=slug or f"article-{number}",
        status=status,
        publish_at=publish_at,
        **fields,
    )
    for position, (contributor, role) in enumerate(byline or []):
        Contribution.objects.create(
            article=article, contributor=contributor, role=role, position=position
        )
    return article


def make_site(
    *, editions: tuple[str, ...] = ("en", "de", "tr", "ru", "ar"), **fields: Any
) -> SiteSettings:
    return SiteSettings.objects.update_or_create(
        pk=1, defaults={"editions": list(editions), **fields}
    )[0]


def make_editor(*, username: str = "ines") -> User:
    """Somebody who may do everything with articles, and nothing else."""
    editor = make_user(username=username, is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    return editor


def make_colleague(role: str, *, username: str = "") -> User:
    """Somebody at the desk with one of the roles, who is no superuser."""
    person = make_user(username=username, is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


def picture_file(
    *, size: tuple[int, int] = (640, 400), name: str = "quay.jpg", kind: str = "JPEG", **save: Any
) -> SimpleUploadedFile:
    target = BytesIO()
    Pillow.new(save.pop("mode", "RGB"), size, save.pop("colour", "navy")).save(target, kind, **save)
    return SimpleUploadedFile(name, target.getvalue())


def make_image(*, alt: str = "A ferry at the quay", **fields: Any) -> Image:
    fields.setdefault("alts", {"en": alt} if alt else {})
    fields.setdefault("file", picture_file())
    fields.setdefault("credit", "Oona Pellinen")
    return Image.objects.create(**fields)
