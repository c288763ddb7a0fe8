"""What is read from Lighthouse's answer, and what counts as a fault."""

import pytest

from audit.lighthouse import CATEGORIES, least, read
from audit.pages import Looked
from audit.report import Part, Table, report


@pytest.fixture
def result():
    """An answer with one page, one script, a picture of another host, and a missing description."""
    return {
        "categories": {
            name: {"score": 1, "auditRefs": [{"id": "meta-description", "weight": 1}]}
            for name in CATEGORIES
        },
        "audits": {
            "meta-description": {"score": 0, "scoreDisplayMode": "binary"},
            "cumulative-layout-shift": {"numericValue": 0.02},
            "network-requests": {"details": {"items": [
                {"url": "https://news.example/", "resourceType": "Document", "transferSize": 900},
                {"url": "https://news.example/a.js", "resourceType": "Script", "transferSize": 40},
                {"url": "https://elsewhere.example/", "resourceType": "Image", "transferSize": 1},
            ]}},
        },
    }  # fmt: skip


def test_weights_shift_other_hosts_and_what_lost_points_are_read(result):
    measured = read(result)
    assert measured.scores == dict.fromkeys(CATEGORIES, 100)
    assert measured.weights == {"Script": 40, "Stylesheet": 0, "Document": 900}
    assert measured.shift == 0.02
    assert measured.strangers == {"https://elsewhere.example/"}
    assert "seo → meta-description" in measured.lost


def test_what_a_page_must_reach():
    page = Looked("search", "en", "/search/", 95, is_indexed=False)
    assert [least(page, name) for name in CATEGORIES] == [95, 100, 100, 0]


def test_report_tells_faults_or_that_there_are_none():
    table = Table(["page"], [["front page"]])
    faulty = report({"lighthouse": Part("Said.", [table], ["front page: seo 92"])})
    assert "| front page |" in faulty
    assert "- front page: seo 92" in faulty
    assert "Everything holds." in report({"lighthouse": Part("Said.", [table], [])})
