"""What the worker does for sources and terms. All of it may run twice."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.tasks import task
from django.utils.translation import override

from accounts.models import User
from articles.publishing import PERMISSION
from operations.clock import database_now, site_day
from translations.expiring import concerned, note_endings
from translations.mails import endings_mail
from translations.models import Permission, PermissionNotice

BACKEND = "django.contrib.auth.backends.ModelBackend"


@task()
def report_endings() -> int:
    """Has those who may publish told of permissions that end; how many permissions.

    Each person by a task of their own: when one mail is tried again, nobody else gets theirs
    twice.
    """
    with transaction.atomic():
        notices = note_endings()
        people = User.objects.with_perm(PERMISSION, backend=BACKEND).exclude(email="")
        for person in people if notices else ():
            mail_endings.enqueue(person.pk, [notice.pk for notice in notices])
    return len(notices)


@task()
def mail_endings(person_id: int, notice_ids: list[int]) -> bool:
    """Tells one of them, in the language of their desk; False where nothing depends on them now."""
    notices = PermissionNotice.objects.filter(pk__in=notice_ids)
    days = dict(notices.values_list("permission", "ends_on"))
    permissions = Permission.objects.select_related("source_work__publication", "publication")
    unchanged = [p for p in permissions.filter(pk__in=days) if p.ends_on == days[p.pk]]
    now = database_now()
    articles = concerned(unchanged, now=now)
    told = [(each, articles[each.pk]) for each in unchanged if articles[each.pk]]
    if not told:
        return False
    person = User.objects.get(pk=person_id)
    with override(person.language or settings.LANGUAGE_CODE):
        subject, message = endings_mail(told, today=site_day(now))
        send_mail(subject=subject, message=message, from_email=None, recipient_list=[person.email])
    return True
