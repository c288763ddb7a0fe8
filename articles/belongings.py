"""What the newsroom keeps of a person of its own."""

from collections.abc import Iterator, Mapping

from django.db.models.functions import Now

from accounts.belongings import Belonging
from accounts.models import User
from articles.models import Autosave, Contributor, PreviewLink, Remit, ReviewEntry, Revision


class Work(Belonging):
    """What somebody saved, said of texts and typed. Nothing of it is a reader's."""

    key = "work"

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        own = Revision.objects.filter(created_by=user).order_by("pk")
        for row in own.values("article", "number", "kind", "created_at").iterator():
            yield {"what": "revision", **row}
        said = ReviewEntry.objects.filter(created_by=user).order_by("pk")
        for entry in said.values("article", "kind", "text", "created_at").iterator():
            yield {"what": "review", **entry}
        typed = Autosave.objects.filter(user=user).order_by("pk")
        for form in typed.values("article", "fields"):
            yield {"what": "autosave", **form}

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """Their page in the paper stays, as a byline does; the account leads to it no more."""
        Autosave.objects.filter(user=user).delete()
        Remit.objects.filter(user=user).delete()
        Contributor.objects.filter(user=user).update(user=None)
        shared = PreviewLink.objects.filter(created_by=user, revoked_at=None)
        shared.update(revoked_at=Now())
