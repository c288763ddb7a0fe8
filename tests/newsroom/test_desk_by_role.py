"""Which pages of the desk each role opens, and with what: `edit` a form, `read` no form to send.

403 is refused, 302 leads away, because the row is not there for this role.
"""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import User
from articles.models import Article, Contributor, Page, Status
from comments.models import Discussion
from fundraising.models import Campaign
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import write
from tests.newsroom.desk_world import address, make_world, read_table, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PAGES = """
page                                     reporter translator editor moderator fundraiser chief
index                                    read     read       read   read      read       read
articles/article/                        read     read       read   read      403        read
articles/article/add/                    edit     edit       edit   403       403        edit
articles/article/{draft}/change/         edit     edit       edit   302       403        edit
articles/article/{live}/change/          edit     edit       edit   read      403        edit
articles/article/{draft}/history/        read     read       read   302       302        read
articles/article/{live}/history/         read     read       read   read      403        read
articles/article/{draft}/preview/        read     read       read   404       403        read
articles/article/{live}/preview/         read     read       read   read      403        read
articles/article/{live}/reconcile/       403      edit       edit   403       403        edit
articles/article/{draft}/translate/      edit     edit       edit   403       403        edit
articles/article/{draft}/correct/        403      403        404    403       403        404
articles/article/{live}/correct/         403      403        edit   403       403        edit
articles/article/{draft}/delete/         403      403        edit   403       403        edit
articles/article/{live}/delete/          403      403        403    403       403        403
articles/story/                          read     read       read   403       read       read
articles/story/{story}/change/           read     read       edit   403       302        edit
articles/revision/{revision}/change/     read     read       read   403       403        read
articles/image/                          read     read       read   403       403        read
articles/image/add/                      edit     edit       edit   403       403        edit
articles/image/{unused}/change/          edit     edit       edit   403       403        edit
articles/image/{picture}/change/         read     read       edit   403       403        edit
articles/image/{portrait}/change/        read     read       edit   403       403        edit
articles/image/{unused}/delete/          403      403        edit   403       403        edit
articles/section/{section}/change/       read     read       edit   403       read       edit
articles/topic/{topic}/change/           read     read       edit   403       403        edit
articles/topic/{topic}/delete/           403      403        403    403       403        403
articles/series/{series}/change/         read     read       edit   403       403        edit
articles/series/{series}/delete/         403      403        edit   403       403        edit
articles/contributor/{person}/change/    read     read       edit   403       403        edit
articles/page/{page}/change/             read     read       edit   403       403        edit
articles/image/choose/                   edit     edit       edit   403       403        edit
articles/contributor/merge/{person}/{double}/ 403 403        edit   403       403        edit
articles/article/{draft}/preview/?frame=phone read read      read   404       403        read
articles/article/{live}/preview/?scheme=dark read read       read   read      403        read
articles/article/{draft}/share/          405      405        405    405       405        405
articles/article/{draft}/revoke/         405      405        405    405       405        405
articles/redirect/                       read     read       read   403       403        read
articles/redirect/add/                   403      403        403    403       403        403
articles/redirect/{redirect}/change/     read     read       read   403       403        read
articles/redirect/{redirect}/delete/     403      403        edit   403       403        edit
articles/slot/                           read     read       read   403       403        read
articles/slot/add/                       403      403        edit   403       403        edit
articles/slot/{slot}/change/             read     read       edit   403       403        edit
articles/slot/{slot}/delete/             403      403        edit   403       403        edit
articles/slot/preview/                   read     read       read   403       403        read
articles/slot/preview/?frame=phone       read     read       read   403       403        read
articles/remit/                          403      403        403    403       403        read
articles/remit/add/                      403      403        403    403       403        edit
articles/remit/{remit}/change/           403      403        403    403       403        edit
articles/remit/{remit}/delete/           403      403        403    403       403        edit
articles/article/{live}/revisions/       edit     edit       edit   403       403        edit
articles/article/{draft}/revisions/      read     read       read   403       403        read
articles/article/{live}/compare/         read     read       read   403       403        read
articles/article/{live}/compare/?from=1&to=public read read  read   403       403        read
articles/article/{live}/compare/?from=0  404      404        404    403       403        404
articles/article/{draft}/compare/        404      404        404    403       403        404
articles/article/{live}/restore/?revision=1 read  read       read   403       403        read
articles/article/{live}/restore/         404      404        404    403       403        404
articles/article/{live}/label/           405      405        405    405       405        405
articles/article/{live}/preview/?revision=1 read  read       read   403       403        read
articles/article/autosave/               405      405        405    405       405        405
articles/article/{live}/autosave/        405      405        405    405       405        405
articles/article/autosave/away/          405      405        405    405       405        405
articles/article/{live}/autosave/away/   405      405        405    405       405        405
translations/publication/add/            403      edit       edit   403       403        edit
translations/publication/{publication}/change/ read read     edit   403       403        edit
translations/sourcework/add/             403      edit       edit   403       403        edit
translations/sourcework/{free}/change/   read     edit       edit   403       403        edit
translations/sourcework/{source}/change/ read     read       edit   403       403        edit
translations/sourcework/{source}/text/   read     edit       edit   403       403        edit
translations/sourcetext/{text}/change/   403      read       read   403       403        read
translations/sourcetext/{text}/delete/   403      403        403    403       403        403
translations/sourcetext/add/             403      403        403    403       403        403
translations/licence/add/                403      403        edit   403       403        edit
translations/licence/{licence}/change/   read     read       edit   403       403        edit
translations/permission/                 403      read       read   403       403        read
translations/permission/add/             403      403        edit   403       403        edit
translations/permission/{permission}/change/ 403  read       edit   403       403        edit
translations/permission/{permission}/delete/ 403  403        edit   403       403        edit
translations/permission/{permission}/document/ 403 404       404    403       403        404
translations/desk/                       read     read       edit   403       403        edit
translations/desk/{story}/de/            403      403        edit   403       403        edit
my-translations/                         403      read       read   403       403        read
comments/comment/                        403      403        403    read      403        read
comments/comment/{comment}/change/       403      403        403    edit      403        edit
comments/comment/queue/unreviewed/       403      403        403    edit      403        edit
comments/comment/queue/nothing/          403      403        403    404       403        404
comments/comment/{comment}/decide/       403      403        403    edit      403        edit
comments/comment/{comment}/mark/         405      405        405    405       405        405
comments/comment/{comment}/delete/       403      403        403    403       403        403
comments/discussion/add/                 edit     edit       edit   edit      403        edit
comments/discussion/{conversation}/change/ 302    302        302    edit      403        edit
comments/passage/                        403      403        read   403       403        read
comments/passage/add/                    403      403        edit   403       403        edit
comments/passage/{question}/change/      403      403        edit   403       403        edit
comments/passage/{question}/delete/      403      403        edit   403       403        edit
comments/passage/{answered}/delete/      403      403        403    403       403        403
comments/errorreport/                    read     read       read   403       403        read
comments/errorreport/add/                403      403        403    403       403        403
comments/errorreport/{report}/change/    302      302        read   403       403        read
comments/errorreport/{report}/delete/    403      403        403    403       403        403
fundraising/campaign/{campaign}/change/  403      403        403    403       edit       edit
fundraising/campaign/{campaign}/delete/  403      403        403    403       403        403
fundraising/ledgerentry/                 403      403        403    403       read       read
fundraising/ledgerentry/add/             403      403        403    403       edit       edit
fundraising/ledgerentry/{gift}/change/   403      403        403    403       read       read
fundraising/ledgerentry/{gift}/delete/   403      403        403    403       403        403
operations/sitesettings/1/change/        403      403        403    403       403        edit
accounts/user/                           403      403        403    403       403        read
accounts/user/{user}/change/             403      403        403    403       403        edit
accounts/user/{user}/delete/             403      403        403    403       403        403
"""


def opens(client: Client, url: str) -> str:
    answer = client.get(url)
    if answer.status_code != 200:
        return str(answer.status_code)
    main = answer.text.partition('id="content"')[2]
    form = main.partition('method="post"')[2].partition("</form>")[0]
    is_list = 'id="changelist-form"' in answer.text
    return "edit" if 'type="submit"' in form and not is_list else "read"


def test_every_role_opens_what_its_work_needs_and_nothing_else():
    world = make_world()
    clients: dict[str, Client] = {}
    wrong = []
    for path, expected in read_table(PAGES):
        for role, cell in expected.items():
            client = clients.setdefault(role, signed_in(role))
            found = opens(client, address(world, path.removeprefix("index")))
            if found != cell:
                wrong.append((path, role, found))
    assert not wrong


@pytest.mark.parametrize(
    "path",
    [
        *("", "articles/article/", "articles/article/add/", "r/1/1/", "my-translations/"),
        *("translations/desk/", "translations/desk/1/de/", "translations/desk/translations.csv"),
    ],
)
def test_members_are_refused_and_strangers_asked_to_sign_in(client: Client, path: str):
    make_world()
    asked = client.get(f"/admin/{path}", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")
    client.force_login(make_user())
    assert client.get(f"/admin/{path}", follow=True).status_code == 403


AUTOCOMPLETE = """
field                          reporter translator editor moderator fundraiser chief
translations.attribution.source_article Secret Secret Secret Live 403 Secret
articles.article.story         Secret   Secret     Secret 403       Live       Secret
articles.contribution.article  Secret   Secret     Secret Live      403        Secret
comments.passage.article       Secret   Secret     Secret Live      403        Secret
articles.article.lead_image    found    found      found  403       403        found
articles.contributor.user      403      403        403    403       403        found
translations.attribution.source_work found found   found  403       403        found
translations.attribution.reviewer found found      found  403       403        found
fundraising.ledgerentry.campaign 403    403        403    403       found      found
fundraising.ledgerentry.reverses 403    403        403    403       found      found
"""


def test_searching_offers_no_draft_to_who_may_not_read_it():
    make_world()
    wrong = []
    clients = {role: signed_in(role) for role in read_table(AUTOCOMPLETE)[0][1]}
    for field, expected in read_table(AUTOCOMPLETE):
        names = ("app_label", "model_name", "field_name")
        query = dict(zip(names, field.split("."), strict=True))
        for role, cell in expected.items():
            if (found := offered(clients[role], query)) != cell:
                wrong.append((field, role, found))
    assert not wrong


def offered(client: Client, query: dict[str, str]) -> str:
    answer = client.get("/admin/autocomplete/", query)
    if answer.status_code != 200:
        return str(answer.status_code)
    labels = [row["text"] for row in answer.json()["results"]]
    for word in ("Secret", "Live"):
        if any(word in label for label in labels):
            return word
    return "found" if labels else "none"


SHOWN = """
thing      reporter translator editor moderator fundraiser chief
draft      404      404        404    404       404        404
person     302      302        302    404       404        302
page       302      302        302    404       404        302
campaign   404      404        404    404       302        302
user       404      404        404    404       404        404
"""


def test_way_to_a_page_is_shown_to_who_may_see_its_object():
    world = make_world()
    models = {
        "draft": Article,
        "person": Contributor,
        "page": Page,
        "campaign": Campaign,
        "user": User,
    }
    wrong = []
    for thing, expected in read_table(SHOWN):
        kind = ContentType.objects.get_for_model(models[thing]).pk
        for role, cell in expected.items():
            answer = signed_in(role).get(f"/admin/r/{kind}/{getattr(world, thing)}/")
            if answer.status_code != int(cell):
                wrong.append((thing, role, answer.status_code))
    assert not wrong


def test_conversation_is_named_by_what_readers_know_of():
    article = make_article(status=Status.DRAFT, headline="Secret draft")
    make_site()
    write(make_article(story=article.story, language="de", headline="Gelesen"))
    page = signed_in("moderator").get("/admin/comments/discussion/").text
    form = address(
        SimpleNamespace(pk=Discussion.objects.get().pk), "comments/discussion/{pk}/change/"
    )
    page += signed_in("moderator").get(form).text
    assert "Gelesen" in page
    assert "Secret draft" not in page
