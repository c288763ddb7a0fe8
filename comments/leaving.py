"""Erasing what somebody wrote who has left and wants it gone."""

from django.db import connection, transaction
from django.tasks import task

from accounts.models import User
from comments.editing import erase
from comments.models import Comment
from comments.refusals import NotYours
from comments.screening.learning import send_turn
from comments.voting import Voter


@task()
def erase_comments(user_id: int) -> int:
    """Takes back all comments of the account, the newest first; how many. Safe to repeat.

    Each in a transaction of its own, as if its writer did it: nobody who writes meanwhile waits
    for more than one, and a worker that dies goes on where it was. First it waits for the comment
    that they were just sending, by taking their turn; whatever comes later is refused.
    """
    writer = Voter(User.objects.get(pk=user_id))
    with transaction.atomic(), connection.cursor() as cursor:
        send_turn(writer.key, by=cursor)
    erased = 0
    mine = Comment.objects.filter(author=user_id).order_by("-pk").select_related("discussion")
    for comment in mine.iterator(100):
        try:
            erase(comment, by=writer)
        except NotYours:  # another worker was first
            continue
        erased += 1
    return erased
