"""Leaving while a comment is on its way: it goes with the others, or is refused."""

import threading

import pytest
from django.db import connections, transaction

from accounts.leaving import leave
from accounts.models import User
from comments.editing import edit
from comments.leaving import erase_comments
from comments.models import Comment, Status
from comments.refusals import MembersOnly
from comments.screening.learning import send_turn
from comments.voting import Voter
from operations.clock import database_now
from operations.composed import prepared_cursor
from tests.builders import make_article, make_user
from tests.comments.builders import write

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def erase_all(member: User) -> None:
    try:
        erase_comments.func(member.pk)
    finally:
        connections.close_all()


def test_comment_that_is_being_sent_goes_with_the_others():
    article, member = make_article(), make_user()
    leave(User.objects.get(pk=member.pk), keeps_comments=False)
    with transaction.atomic():  # a comment that was begun before
        with prepared_cursor() as turn:
            send_turn(Voter(member).key, by=turn)
        late = write(article)
        Comment.objects.filter(pk=late.pk).update(author=member, guest_name="", guest_email="",
                                                  guest_id=None)  # fmt: skip
        erasing = threading.Thread(target=erase_all, args=[member])
        erasing.start()
        erasing.join(0.5)
        assert erasing.is_alive()
    erasing.join(10)
    late.refresh_from_db()
    assert late.status == Status.ERASED


def test_whose_request_began_before_they_left_writes_no_more():
    article, member = make_article(), make_user()
    comment = write(article, author=member)
    leave(User.objects.get(pk=member.pk), keeps_comments=True)
    with pytest.raises(MembersOnly):
        write(article, author=member)
    with pytest.raises(MembersOnly):
        edit(comment, text="Not so.", by=Voter(member), now=database_now())
    assert write(article, author=make_user()).is_public
