"""The schema of Atom takes what RFC 4287 allows, and nothing else."""

import shutil

import pytest

from audit.markup import SCHEMAS, disallowed
from tests.programs import need

FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>The Paper</title><id>tag:paper.example,2026:</id><updated>2026-01-01T00:00:00Z</updated>
<author><name>Ines Halloran</name></author>
<link href="https://paper.example/feed" rel="self" type="application/atom+xml"/>
<entry><title type="html">Tide &amp;amp; time</title><id>tag:paper.example,2026:1</id>
<updated>2026-01-01T01:00:00+01:00</updated><category term="tides"/>
<content type="html">&lt;p&gt;High.&lt;/p&gt;</content>
<count xmlns="urn:example">3</count></entry></feed>"""
WRONG = [
    ("<name>Ines Halloran</name>", ""),
    ("<id>tag:paper.example,2026:1</id>", ""),
    ("<title>The Paper</title>", "<title>The Paper</title><title>Again</title>"),
    ("2026-01-01T00:00:00Z", "2026-01-01"),
    ("01:00:00+01:00", "01:00:00"),
    ('type="html">&lt;', 'type="page">&lt;'),
    ('term="tides"', 'label="tides"'),
    ('rel="self"', 'rel="self and more"'),
    ('xml:lang="en"', 'xml:lang="en_GB"'),
    ("<entry>", "<entry><headline>Tide</headline>"),
    ("tag:paper.example,2026:1", "1"),
]


@pytest.fixture
def said(tmp_path):
    need("xmllint", package="libxml2-utils")
    shutil.copy(SCHEMAS / "atom.rng", tmp_path)

    def said(text):
        (tmp_path / "feed.xml").write_text(text)
        return disallowed(tmp_path / "feed.xml", "--relaxng", "atom.rng")

    return said


def test_a_feed_is_valid(said):
    assert said(FEED) == []


@pytest.mark.parametrize(("right", "wrong"), WRONG, ids=range(len(WRONG)))
def test_what_atom_does_not_know_is_found(said, right, wrong):
    assert right in FEED
    assert said(FEED.replace(right, wrong))
