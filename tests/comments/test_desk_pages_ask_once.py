"""Whether a page of the desk has a form is found out once, however often Django asks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_sanction, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_appeal, make_sanction])
def test_no_query_is_made_twice(make):
    make_site()
    row = make(write(make_article(), author=make_user()), by=make_colleague("moderator"))
    client = Client()
    client.force_login(make_colleague("moderator"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/admin/comments/{row._meta.model_name}/{row.pk}/change/")
    assert page.status_code == 200
    made = [query["sql"] for query in asked]
    assert sorted(set(made)) == sorted(made)
