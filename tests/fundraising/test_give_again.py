"""A form that comes back with an error holds all that was typed into it."""

import re
from uuid import uuid4

import pytest

from tests.builders import make_article, make_site
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
WORDS = {"email": "ada@example.org", "public_name": "Ada Lind", "message": "For the letter e"}


@pytest.fixture(autouse=True)
def _campaign(checkout):
    make_site()
    make_campaign(slug="press", suggested_minor=[500, 2500])


def sent(client, prefix="", **changed):
    article = make_article(slug="ferry", language=prefix[1:] or "en")
    data = {"amount": "other", "provider": "checkout", "is_public": "on", "form_token": uuid4()}
    origin = {"article": article.pk, "from": "after"}
    page = client.post(f"{prefix}/support/press/give/", data | WORDS | origin | changed)
    assert page.status_code == 422
    assert f'name="article" value="{article.pk}"' in page.text
    assert 'name="from" value="after"' in page.text
    return page


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("wrong", ["-5", "abc", "4.5.0"])
def test_wrong_amount_stands_in_its_field_with_its_error(client, prefix, wrong):
    page = sent(client, prefix, own_amount=wrong)
    own = page.text.split('<div class="giving-own">')[1].split('<div class="giving-ways">')[0]
    assert f'value="{wrong}"' in own and "errorlist" in own
    for text in WORDS.values():
        assert f'value="{text}"' in page.text or f"{text}</textarea>" in page.text
    for chosen in ('value="other"', 'value="checkout"', 'name="is_public"'):
        assert re.search(rf"<input[^>]*{chosen}[^>]* checked", page.text)


def test_questions_end_with_one_sign(client):
    page = client.get("/ar/support/press/give/").text
    legends = re.findall("<legend>(.*?)</legend>", page)
    assert len(legends) == 2 and all(legend.endswith("؟") for legend in legends)


def test_what_may_stay_empty_says_so(client):
    page = client.get("/support/press/give/").text
    optional = re.findall(r'<label for="id_(\w+)">[^<]*<span class="field-optional">', page)
    assert {"email", "message"} <= set(optional)


def test_chosen_amount_stays_chosen_while_something_else_is_wrong(client):
    page = sent(client, amount="2500", own_amount="7", email="nobody")
    assert re.search(r'<input[^>]*value="2500"[^>]* checked', page.text)
    assert 'value="nobody"' in page.text and 'value="7"' in page.text
