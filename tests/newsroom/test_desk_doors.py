"""Every door through which the newsroom can be changed at the desk, and who passes it.

`yes` changes something; `-` leaves every row of the newsroom as it was, whatever the answer.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.builders import make_user, picture_file
from tests.newsroom.desk_world import (
    address,
    everything,
    form_of,
    make_world,
    read_table,
    signed_in,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DOORS = """
door                            reporter translator editor moderator fundraiser chief
begin a draft                   yes      yes        yes    -         -          yes
change a draft                  yes      yes        yes    -         -          yes
publish a draft                 -        -          yes    -         -          yes
publish several                 -        -          yes    -         -          yes
withdraw                        -        -          yes    -         -          yes
withdraw several                -        -          yes    -         -          yes
draft a live headline           yes      yes        yes    -         -          yes
draft a live credit             yes      yes        yes    -         -          yes
change a live headline          -        -          yes    -         -          yes
change a live byline            -        -          yes    -         -          yes
change a live credit            -        -          yes    -         -          yes
keep what is typed              yes      yes        yes    -         -          yes
keep what begins                yes      yes        yes    -         -          yes
begin a translation             yes      yes        yes    -         -          yes
delete a draft                  -        -          yes    -         -          yes
delete a live article           -        -          -      -         -          -
delete several                  -        -          -      -         -          -
add a picture for a text        yes      yes        yes    -         -          yes
describe an unused picture      yes      yes        yes    -         -          yes
describe a live picture         -        -          yes    -         -          yes
replace a live picture          -        -          yes    -         -          yes
replace a portrait              -        -          yes    -         -          yes
rename a section                -        -          yes    -         -          yes
rename a contributor            -        -          yes    -         -          yes
rewrite a page                  -        -          yes    -         -          yes
rename a publication            -        -          yes    -         -          yes
rewrite an unused source        -        yes        yes    -         -          yes
rewrite a credited source       -        -          yes    -         -          yes
take over a source's text       -        yes        yes    -         -          yes
compare a source                -        yes        yes    -         -          yes
withdraw a source               -        -          yes    -         -          yes
restore a source                -        -          -      -         -          -
rename a licence                -        -          yes    -         -          yes
rewrite a permission            -        -          yes    -         -          yes
delete a permission             -        -          yes    -         -          yes
rewrite a source's text         -        -          -      -         -          -
delete a source's text          -        -          -      -         -          -
ask for translations            -        -          yes    -         -          yes
take on a translation           -        yes        yes    -         -          yes
give back another's             -        -          yes    -         -          yes
assign a translation            -        -          yes    -         -          yes
call off a translation          -        -          yes    -         -          yes
decide in a queue               -        -          -      yes       -          yes
decide about one comment        -        -          -      yes       -          yes
pick a comment                  -        -          -      yes       -          yes
pin a thread                    -        -          -      yes       -          yes
close a branch                  -        -          -      yes       -          yes
close a conversation            -        -          -      yes       -          yes
begin a conversation            -        -          -      yes       -          yes
protect an author               -        -          -      yes       -          yes
change a protection             -        -          -      yes       -          yes
delete a protection             -        -          -      yes       -          yes
rewrite a comment               -        -          -      -         -          -
ask readers                     -        -          yes    -         -          yes
close a question                -        -          yes    -         -          yes
delete a question               -        -          yes    -         -          yes
delete an answered question     -        -          -      -         -          -
delete answered questions       -        -          -      -         -          -
end an error report             -        -          yes    -         -          yes
dismiss an error report         -        -          yes    -         -          yes
rewrite an error report         -        -          -      -         -          -
record a gift                   -        -          -      -         yes        yes
change a campaign               -        -          -      -         yes        yes
rewrite a gift                  -        -          -      -         -          -
delete a gift                   -        -          -      -         -          -
name the site                   -        -          -      -         -          yes
make an account an editor's     -        -          -      -         -          yes
share a preview                 yes      yes        yes    -         -          yes
revoke a preview                yes      yes        yes    -         -          yes
put an article in front         -        -          yes    -         -          yes
move a slot                     -        -          yes    -         -          yes
empty a slot                    -        -          yes    -         -          yes
free an old slug                -        -          yes    -         -          yes
merge two contributors          -        -          yes    -         -          yes
"""
ROW = {
    "draft": "articles/article/{draft}/change/",
    "live": "articles/article/{live}/change/",
    "picture": "articles/image/{picture}/change/",
}
# what is sent where: the page's own form with these fields; or, as ("post", …), these alone
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "begin a draft": ("articles/article/add/", {"headline": "New", "_continue": "1"}),
    "change a draft": (ROW["draft"], {"headline": "Changed", "_continue": "1"}),
    "publish a draft": (ROW["draft"], {"_publish": "1"}),
    "withdraw": (ROW["live"], {"_withdraw": "1"}),
    "draft a live headline": (ROW["live"], {"headline": "Changed", "_save": "1"}),
    "draft a live credit": (ROW["live"], {"attribution-0-exclusive_for": "Us", "_save": "1"}),
    "change a live headline": (ROW["live"], {"headline": "Changed", "_publish": "1"}),
    "change a live byline": (ROW["live"], {"_publish": "1",
                                           "contributions-1-role": "reviewer",
                                           "contributions-1-contributor": "{person}"}),
    "change a live credit": (ROW["live"], {"attribution-0-exclusive_for": "Us", "_publish": "1"}),
    "add a picture for a text": ("articles/image/choose/", {"file": picture_file}),
    "describe an unused picture": ("articles/image/{unused}/change/", {"alts_en": "Changed"}),
    "describe a live picture": (ROW["picture"], {"alts_en": "Changed"}),
    "replace a live picture": (ROW["picture"], {"file": picture_file}),
    "replace a portrait": ("articles/image/{portrait}/change/", {"file": picture_file}),
    "rename a section": ("articles/section/{section}/change/", {"names_en": "Changed"}),
    "rename a contributor": ("articles/contributor/{person}/change/", {"names_en": "Changed"}),
    "rewrite a page": ("articles/page/{page}/change/", {"body": "<p>Changed</p>"}),
    "rename a publication": ("translations/publication/{publication}/change/", {"name": "New"}),
    "rewrite an unused source": ("translations/sourcework/{free}/change/", {"title": "New"}),
    "rewrite a credited source": ("translations/sourcework/{source}/change/", {"title": "New"}),
    "rename a licence": ("translations/licence/{licence}/change/", {"name": "New"}),
    "rewrite a permission": ("translations/permission/{permission}/change/", {"notes": "New"}),
    "take over a source's text": ("translations/sourcework/{source}/text/", {"text": "New"}),
    "close a conversation": ("comments/discussion/{conversation}/change/", {"policy": "closed"}),
    "protect an author": ("comments/protection/add/", {"contributor": "{person}",
                                                      "policy": "held"}),
    "change a protection": ("comments/protection/{protection}/change/", {"policy": "closed"}),
    "begin a conversation": ("comments/discussion/add/", {"article": "{silent}"}),
    "ask readers": ("comments/passage/add/", {"article": "{live}", "exact": "Tuesday",
                                              "question": "Were you there?"}),
    "close a question": ("comments/passage/{question}/change/", {"is_closed": "on"}),
    "record a gift": ("fundraising/ledgerentry/add/", {"campaign": "{campaign}", "amount": "5.00",
                                                       "note": "In a box"}),
    "change a campaign": ("fundraising/campaign/{campaign}/change/", {"goal": "6000.00"}),
    "put an article in front": ("articles/slot/add/", {"article": "{live}", "position": "3"}),
    "move a slot": ("articles/slot/{slot}/change/", {"position": "9"}),
    "name the site": ("operations/sitesettings/1/change/", {"name": "Another Courier"}),
}  # fmt: skip
ACTIONS = {
    "publish several": ("articles/article", "publish_selected", "{draft}"),
    "withdraw several": ("articles/article", "withdraw_selected", "{live}"),
    "delete several": ("articles/article", "delete_selected", "{live}"),
    "delete answered questions": ("comments/passage", "delete_selected", "{answered}"),
    "end an error report": ("comments/errorreport", "correct_selected", "{report}"),
    "dismiss an error report": ("comments/errorreport", "dismiss_selected", "{report}"),
}
POSTS: dict[str, tuple[str, dict[str, Any]]] = {
    "keep what is typed": ("articles/article/{draft}/autosave/", {"headline": "Changed"}),
    "keep what begins": ("articles/article/autosave/", {"headline": "New"}),
    "begin a translation": ("articles/article/{live}/translate/", {"language": "de"}),
    "compare a source": ("translations/sourcework/{source}/checked/", {}),
    "withdraw a source": ("translations/sourcework/{source}/withdraw/", {}),
    "restore a source": ("translations/sourcework/{source}/restore/", {}),  # it stands
    "delete a permission": ("translations/permission/{permission}/delete/", {"post": "yes"}),
    "rewrite a source's text": ("translations/sourcetext/{text}/change/", {"text": "New"}),
    "delete a source's text": ("translations/sourcetext/{text}/delete/", {"post": "yes"}),
    "ask for translations": (
        "translations/desk/request/",
        {"stories": "{story}", "languages": "ru"},
    ),
    "take on a translation": ("translations/desk/claim/", {"place": "{story}-ru"}),
    "give back another's": ("translations/desk/release/", {"place": "{story}-de"}),
    "assign a translation": ("translations/desk/{story}/ru/", {"owner": "{translator}"}),
    "call off a translation": ("translations/desk/{story}/de/", {"call_off": "1"}),
    "decide in a queue": (
        "comments/comment/queue/unreviewed/",
        {"act": "spam", "chosen": "{comment}:0."},
    ),
    "decide about one comment": (
        "comments/comment/{comment}/decide/",
        {"act": "approve", "chosen": "{comment}:0."},
    ),
    "pick a comment": ("comments/comment/{comment}/mark/", {"mark": "pick"}),
    "pin a thread": ("comments/comment/{comment}/mark/", {"mark": "pin"}),
    "close a branch": ("comments/comment/{comment}/mark/", {"mark": "close"}),
    "share a preview": ("articles/article/{draft}/share/", {"what": "latest", "days": "2"}),
    "revoke a preview": ("articles/article/{draft}/revoke/", {"link": "{link}"}),
    "empty a slot": ("articles/slot/{slot}/delete/", {"post": "yes"}),
    "free an old slug": ("articles/redirect/{redirect}/delete/", {"post": "yes"}),
    "merge two contributors": (
        "articles/contributor/merge/{person}/{double}/",
        {"kept": "{person}"},
    ),
    "delete a protection": ("comments/protection/{protection}/delete/", {"post": "yes"}),
    "delete a draft": ("articles/article/{draft}/delete/", {"post": "yes"}),
    "delete a live article": ("articles/article/{live}/delete/", {"post": "yes"}),
    "delete a question": ("comments/passage/{question}/delete/", {"post": "yes"}),
    "delete an answered question": ("comments/passage/{answered}/delete/", {"post": "yes"}),
    "rewrite an error report": ("comments/errorreport/{report}/change/", {"text": "Praise"}),
    "rewrite a comment": ("comments/comment/{comment}/change/", {"text": "Changed"}),
    "rewrite a gift": ("fundraising/ledgerentry/{gift}/change/", {"amount": "1.00"}),
    "delete a gift": ("fundraising/ledgerentry/{gift}/delete/", {"post": "yes"}),
}


@pytest.mark.parametrize(("door", "expected"), read_table(DOORS), ids=lambda cell: str(cell)[:30])
def test_who_passes(door: str, expected: dict[str, str]) -> None:
    world = make_world()
    chief = Client()
    chief.force_login(make_user(is_staff=True, is_superuser=True))
    people = {role: signed_in(role) for role in expected}
    url, data = letter(door, world, chief)
    before, passed = everything(), {}
    for role, client in people.items():
        with transaction.atomic():
            client.post(url, {name: value() if callable(value) else value
                              for name, value in data.items()})  # fmt: skip
            passed[role] = "yes" if everything() != before else "-"
            transaction.set_rollback(True)
    assert passed == expected


def letter(door: str, world: SimpleNamespace, reader: Client) -> tuple[str, dict[str, Any]]:
    """Where to send what, forms filled in as `reader` sees them, who sees them all.

    A value may be callable: what it returns is sent.
    """
    if door in ACTIONS:
        model, action, chosen = ACTIONS[door]
        data = {"action": action, "_selected_action": chosen.format(**vars(world)), "post": "yes"}
        return address(world, f"{model}/"), data
    if door in POSTS:
        path, data = POSTS[door]
        return address(world, path), {
            name: value.format(**vars(world)) for name, value in data.items()
        }
    path, changes = STEPS.get(door) or ("accounts/user/{user}/change/", {"is_staff": "on"})
    url = address(world, path)
    return url, form_of(reader, url) | {
        name: value.format(**vars(world)) if isinstance(value, str) else value
        for name, value in changes.items()
    }
