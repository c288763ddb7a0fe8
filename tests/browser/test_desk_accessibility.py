"""The desk as assistive technology meets it: axe finds nothing that is ours.

With scripts only, because axe is one.
"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from articles import drafts
from articles.models import Role
from tests.browser.conftest import WINDOWS
from tests.builders import make_article, make_colleague, make_contributor, make_image, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DJANGOS = {"empty-table-header": "a tabular inline has no heading above its rows' names"}


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
def test_desk_has_no_barriers_of_ours(colleague: Callable[[str], Page]) -> None:
    make_site()
    byline = [(make_contributor(), Role.REPORTER)]
    article = make_article(byline=byline, lead_image=make_image())
    page, found = colleague("editor"), {}
    content = drafts.snapshot(article) | {"headline": "Waiting"}
    drafts.save_draft(article, content, by=make_colleague("reporter"), based_on=None)
    form = f"articles/article/{article.pk}"
    for path in ("", "articles/article/", f"{form}/change/", f"{form}/correct/"):
        page.goto(f"/admin/{path}")
        for violation in Axe().run(page).response["violations"]:
            if violation["id"] not in DJANGOS:
                nodes = [node["html"][:200] for node in violation["nodes"]]
                found[f"{path} {violation['id']}"] = nodes
    assert not found
