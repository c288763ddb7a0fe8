"""Builds the whole demo newsroom in one transaction."""

from collections.abc import Callable

from django.db import transaction

from articles.models import Section, Story, Topic
from comments.models import Comment
from newsroom.demo.assignments import load_assignments
from newsroom.demo.campaign import load_campaign, load_promise
from newsroom.demo.content import folders, table
from newsroom.demo.conversations import load_conversation
from newsroom.demo.moderation import load_moderation
from newsroom.demo.people import load_contributors, load_people
from newsroom.demo.readings import load_readings
from newsroom.demo.slots import load_slots
from newsroom.demo.sources import load_sources
from newsroom.demo.stories import World, load_pages, load_series, load_story, load_subjects
from operations.models import SiteSettings


@transaction.atomic
def load_demo(say: Callable[[str], None]) -> None:
    """Everything in fixtures/, into an empty database; `say` is told of each slow step."""
    site, world = table("site"), table("world")
    SiteSettings(pk=1, **site["site"]).save()
    users = load_people({row["username"]: row["name"] for row in site["people"]})
    accounts = {
        row["contributor"]: users[row["username"]] for row in site["people"] if "contributor" in row
    }
    known = World(
        sections=load_subjects(Section, world["sections"]),
        topics=load_subjects(Topic, world["topics"]),
        contributors=load_contributors(world["contributors"], accounts),
        sources=load_sources(world),
        editor=users["bertil"],
    )
    load_pages()
    campaign = load_campaign(world["campaign"], world["ledger"], by=users["leila"])
    for row in world["promises"]:
        load_promise(campaign, row)
    stories: dict[str, Story] = {}
    comments: dict[str, Comment] = {}
    for folder in folders("stories"):
        say(f"  {folder.name}")
        story = stories[folder.name] = load_story(folder, known)
        comments |= load_conversation(folder.name, story, users)
    load_moderation(table("moderation"), comments, by=users["tomasz"])
    load_series(world["series"], stories)
    load_slots(world["slots"], stories, known.sections)
    load_readings(world["readings"], stories)
    load_assignments(world["assignments"], stories, users, by=known.editor)
