"""A paper whose desk has typed the corpus of hostile input into every field that takes it."""

from functools import partial

from django.core.exceptions import ValidationError

from articles.models import Article, Contribution, Image, Role, Topic
from fundraising.models import Campaign, Donation
from richtext.plain import plain_text, visible_text
from tests.builders import make_article, make_contributor, make_image, make_section
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.newsroom.hostile import CORPUS
from tests.translations.builders import make_attribution, make_publication, make_source_work
from tests.translations.versions import make_correction


def is_taken(vector: str) -> bool:
    """Whether the desk's forms take it."""
    try:
        plain_text(vector)
        visible_text(vector)
    except ValidationError:
        return False
    return True


EACH = 4  # so many vectors an article: each page shows sixteen
WORDS = [vector.strip() for vector in CORPUS if is_taken(vector)]


def word(place: int, limit: int) -> str:
    """Another one for each field of an article: of sixteen fields, each vector stands in four."""
    return WORDS[place % len(WORDS)][:limit]


def make_hostile_paper() -> list[Article]:
    """Articles, with a person, a topic, a source and a correction each, that show all vectors."""
    picture = make_image()
    pictures = [
        Image(file=picture.file, width=picture.width, height=picture.height, alts={"en": vector},
              credit=vector[:200], licence=vector[:120])
        for vector in WORDS[::EACH]
    ]  # fmt: skip
    Image.objects.bulk_create(pictures)
    return [make_hostile_article(n * EACH, picture) for n, picture in enumerate(pictures)]


def make_hostile_article(place: int, picture: Image) -> Article:
    said = partial(word, place)
    person = make_contributor(name=word(place + 1, 120), role_lines={"en": word(place + 2, 120)},
                              bios={"en": word(place + 3, 300)})  # fmt: skip
    article = make_article(
        headline=said(200), kicker=word(place + 4, 80), standfirst=word(place + 5, 600),
        dateline=word(place + 6, 80), lead_caption=word(place + 7, 300),
        lead_alt=word(place + 8, 500), lead_image=picture if place % 8 else None,
    )  # fmt: skip
    pseudonym = word(place + 9, 120) if place % 3 else ""
    Contribution.objects.create(
        article=article, contributor=person, role=Role.REPORTER, credited_as=pseudonym
    )
    article.topics.add(Topic.objects.create(slug=f"t-{place}", names={"en": word(place + 10, 120)}))
    publication = make_publication(name=word(place + 11, 120))
    work = make_source_work(publication=publication, title=word(place + 12, 300),
                            byline=word(place + 13, 200))  # fmt: skip
    make_attribution(article=article, source_work=work, exclusive_for=word(place + 14, 120))
    make_correction(article, text=word(place + 15, 1000))
    return article


def make_hostile_sections() -> None:
    """Each page leads to all of them."""
    for place, vector in enumerate(WORDS):
        make_section(slug=f"s-{place}", name=vector[:120])


def make_hostile_gifts(number: int = 20) -> list[Campaign]:
    """Campaigns with a vector in each text of theirs; all vectors are givers' names or words."""
    campaigns = [
        make_campaign(slug=f"c-{place}", name=word(place * 11, 120),
                      descriptions={"en": word(place * 11 + 4, 2000)},
                      how_to_give={"en": word(place * 11 + 7, 2000)})
        for place in range(number)
    ]  # fmt: skip
    for place in range(0, len(WORDS), 2):
        make_hostile_gift(campaigns[place // 2 % number], place)
    return campaigns


def make_hostile_gift(campaign: Campaign, place: int) -> Donation:
    donation = make_donation(
        campaign=campaign, public_name=word(place, 80), is_public=True,
        message=word(place + 1, 500), moderation="shown", email="ada@givers.example",
    )  # fmt: skip
    return pay(donation)
