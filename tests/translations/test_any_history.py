"""Any history of articles, sources and reconciliations drifts as a plain replay says."""

from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Status, Story
from tests.builders import make_article, make_colleague
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.replay import Piece
from tests.translations.versions import (
    make_correction,
    make_long_unchecked,
    make_revision,
    make_source_text,
)
from translations.drift import drift_of
from translations.models import SourceWork
from translations.reconciling import reconcile, sides_of

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 30)
EVENTS = st.one_of(
    st.tuples(st.just("new"), st.sampled_from(["article", "work"])),
    st.tuples(st.just("make"), WHICH, st.sampled_from(["translation", "adaptation"])),
    st.tuples(st.just("change"), WHICH, st.sampled_from(["minor", "major", "correction"])),
    st.tuples(st.just("withdraw"), WHICH),
    st.tuples(st.just("neglect"), WHICH),
    st.tuples(st.just("reconcile"), WHICH),
)


class World:
    """Each history twice: as rows, and as pieces of the replay."""

    def __init__(self) -> None:
        self.rows, self.pieces, self.credits = [], [], {}
        self.languages = (f"{a}{b}" for a in "fgh" for b in "abcdefghijklmnop")
        self.numbers, self.story = count(), Story.objects.create()

    def add(self, row, piece):
        self.rows.append(row)
        self.pieces.append(piece)

    def new(self, kind):
        if kind == "work":
            self.add(make_source_work(language="xx"), Piece(is_elsewhere=True))
        else:
            self.add(self.article(), Piece())

    def article(self):
        return make_article(story=self.story, language=next(self.languages))

    def make(self, which, origin):
        source, piece = self.rows[which], self.pieces[which]
        article, made = self.article(), Piece(source=piece)
        kind = "source_work" if isinstance(source, SourceWork) else "source_article"
        credit = make_attribution(article=article, origin=origin, **{kind: source})
        made.cover_all()
        self.credits[len(self.rows)] = credit
        self.add(article, made)

    def change(self, which, change):
        row, piece = self.rows[which], self.pieces[which]
        if isinstance(row, SourceWork):
            make_source_text(row, text=f"Text {next(self.numbers)}", change=change)
        elif change == "correction":
            make_correction(row)
        else:  # the first revision is major, whatever is said of it
            make_revision(row, is_minor=change == "minor" and row.revisions.exists())
        piece.add(change)

    def withdraw(self, which):
        row = self.rows[which]
        self.pieces[which].is_withdrawn = True
        if isinstance(row, SourceWork):
            SourceWork.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
        else:
            Article.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN)

    def neglect(self, which):
        if isinstance(self.rows[which], SourceWork):
            make_long_unchecked(self.rows[which])
            self.pieces[which].is_unchecked = True

    def reconcile(self, which):
        credit = self.credits.get(which)
        if credit is None or not self.pieces[which].source.versions:
            return
        credit.refresh_from_db()
        seen = sides_of(credit).newest
        reconcile(credit.article, by=self.editor, seen=seen.pk)
        self.pieces[which].cover_all()

    def play(self, events):
        """From an original with a translation that was itself translated."""
        self.editor = make_colleague("editor")
        self.new("article")
        for which in range(2):
            self.change(which, "major")
            self.make(which, "translation")
        for name, *values in events:
            if isinstance(values[0], int):
                values[0] %= len(self.rows)
            getattr(self, name)(*values)

    def compare(self):
        articles = {
            row.pk: piece
            for row, piece in zip(self.rows, self.pieces, strict=True)
            if isinstance(row, Article)
        }
        drifts = drift_of(articles)
        found = {pk: (str(d.state), d.is_upstream) for pk, d in drifts.items()}
        assert found == {pk: piece.state() for pk, piece in articles.items()}
        own = {pk: d.behind for pk, d in drifts.items() if not d.is_upstream}
        assert own == {pk: articles[pk].behind() for pk in own}


@settings(max_examples=120, deadline=None)
@given(events=st.lists(EVENTS, max_size=30))
def test_drift_is_what_a_replay_says(events):
    with transaction.atomic():
        world = World()
        world.play(events)
        world.compare()
        transaction.set_rollback(True)
