"""A newsroom with one of everything, and readable tables of who may do what at its desk."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.test import Client

from accounts.roles import ROLES
from articles.models import Image, Page, Redirect, Remit, Role, Slot, Status, Topic
from articles.previewing import share
from articles.publishing import publish
from comments.models import Discussion, Notice, Protection
from fundraising.importing import keep_statement
from fundraising.receipts import issue
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_section,
    make_series,
    make_site,
    make_user,
    picture_file,
)
from tests.comments.builders import (
    make_appeal,
    make_error_report,
    make_flag,
    make_question,
    make_sanction,
    write,
)
from tests.fundraising.builders import make_campaign, make_donation, make_gift, pay
from tests.translations.builders import (
    make_assignment,
    make_attribution,
    make_licence,
    make_permission,
    make_source_work,
)
from translations.sources import record_text

OWN_APPS = ("articles", "translations", "comments", "fundraising", "operations", "accounts")


def make_world() -> SimpleNamespace:
    """Names that stand for keys in addresses: `live`, `draft`, `picture` …"""
    make_site(name="The Quillmere Courier")
    editor, teller = make_colleague("editor"), make_colleague("fundraiser")
    portrait, picture = small_image("Mina"), small_image("A quay")
    mina = make_contributor(name="Mina Drost", portrait=portrait)
    live = make_article(
        slug="live", byline=[(mina, Role.TRANSLATOR)], lead_image=picture, headline="Live news"
    )
    credit = make_attribution(article=live)
    draft = make_article(
        slug="secret", status=Status.DRAFT, byline=[(mina, Role.REPORTER)], headline="Secret draft"
    )
    live.topics.add(topic := Topic.objects.create(slug="water", names={"en": "Water"}))
    revision = publish(live, by=editor)
    comment, shy = write(live), make_contributor(name="Shy")
    question, answered = (
        make_question(live, exact=word, by=editor) for word in ("harbour", "board")
    )
    write(live, passage=answered)
    campaign, translator = make_campaign(), make_colleague("translator")
    make_assignment(story=draft.story, owner=translator, requested_by=editor)
    things = {
        "live": live, "draft": draft, "story": draft.story, "person": mina, "revision": revision,
        "picture": picture, "portrait": portrait, "unused": small_image("Nothing"), "topic": topic,
        "section": make_section(), "series": make_series(), "comment": comment,
        "campaign": campaign, "conversation": Discussion.objects.get(),
        "protection": Protection.objects.create(contributor=shy, policy="members"),
        "gift": make_gift(campaign=campaign, by=teller),
        "page": Page.objects.create(slug="about", language="en", title="About", body="<p>Us</p>"),
        "source": credit.source_work, "free": make_source_work(), "user": make_user(),
        "translator": translator,
        "remit": Remit.objects.create(user=make_user()),
        "publication": credit.source_work.publication, "question": question, "answered": answered,
        "report": make_error_report(live), "sanction": make_sanction(comment),
        "flag": make_flag(comment), "appeal": make_appeal(write(live)),
        "notice": Notice.objects.create(address="/", why="It is a lie.", language="en"),
        "silent": make_article(headline="Nobody wrote below it"),
        "licence": make_licence(), "permission": make_permission(source_work=credit.source_work),
        "double": make_contributor(name="M. Drost"), "link": share(draft, by=editor),
        "slot": Slot.objects.create(language="en", article=live),
        "redirect": Redirect.objects.create(kind="topic", slug="old-water", topic=topic),
        "donation": make_donation(campaign=campaign), "receipt": issue(pay(make_donation())),
        "dedication": make_donation(campaign=campaign, state="paid", message="Print on"),
        "statement": keep_statement(b"Date,Text,Amount\n2026-03-02,Ada,5.00", by=teller),
        "text": record_text(credit.source_work, text="Winter.", change="major", by=editor),
    }  # fmt: skip
    return SimpleNamespace(**{name: thing.pk for name, thing in things.items()})


def small_image(alt: str) -> Image:
    return make_image(alt=alt, file=picture_file(size=(32, 20)))


def address(world: SimpleNamespace, path: str) -> str:
    """The address of a row's page: names in braces stand for keys."""
    return f"/admin/{path.format(**vars(world))}"


def read_table(table: str) -> list[tuple[str, dict[str, str]]]:
    """[(first column, {role: cell})] of a table whose first line names the roles."""
    head, *lines = table.strip().splitlines()
    roles = head.split()[1:]
    assert set(roles) == set(ROLES)
    rows = (line.rsplit(None, len(roles)) for line in lines)
    return [(name, dict(zip(roles, cells, strict=True))) for name, *cells in rows]


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_colleague(role))
    return client


def everything() -> dict[str, Any]:
    """Every row of the newsroom, but for the moment at which somebody signed in."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values(*_columns(model)))
        for app in OWN_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def _columns(model: Any) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.name != "last_login"]


def form_of(client: Client, url: str) -> dict[str, list[str]]:
    """What a browser would send for the page's forms if nothing were changed."""
    parser = FormReader()
    parser.feed(client.get(url).text)
    return parser.fields


class FormReader(HTMLParser):
    """Collects the values of inputs, text areas and selects by name; no buttons, no files."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside: tuple[str, str] = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name, kind = known.get("name") or "", known.get("type") or "text"
        if tag in ("textarea", "select") and name:
            self._inside = (tag, name)
            self.fields[name] = []
        elif tag == "option" and "selected" in known and self._inside[0] == "select":
            self.fields[self._inside[1]].append(known.get("value") or "")
        elif tag == "input" and name and kind not in ("submit", "file"):
            is_on = kind not in ("checkbox", "radio") or "checked" in known
            if is_on:
                value = known.get("value", "on" if kind == "checkbox" else "")
                self.fields.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        if self._inside[0] == "textarea":
            self.fields[self._inside[1]].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside[0]:
            self._inside = ("", "")
