"""The sentences of credits, and which of them hold.

Each is one whole message with named places, so that each language can put it as it does best;
nothing is put together from half sentences, and no name is inflected (docs/decisions/0016).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from articles.models import Contribution
from translations.models import Attribution, Method, Origin, Treatment

# By whether translators are named, and whether it is exclusive.
TRANSLATED_FROM_ELSEWHERE = {
    (True, True): gettext_noop(
        "Originally appeared at {source}, translated by {translators} exclusively for {client}."
    ),
    (True, False): gettext_noop("Originally appeared at {source}, translated by {translators}."),
    (False, True): gettext_noop(
        "Originally appeared at {source}, translated exclusively for {client}."
    ),
    (False, False): gettext_noop("Translation of a text that originally appeared at {source}."),
}
TRANSLATED = {
    (True, True): gettext_noop("Translated by {translators} exclusively for {client}."),
    (True, False): gettext_noop("Translated by {translators}."),
    (False, True): gettext_noop("Translated exclusively for {client}."),
}
TRANSLATED_WITH_HELP = {
    (True, True): gettext_noop(
        "Translated by {translators} with the help of {tool} exclusively for {client}."
    ),
    (True, False): gettext_noop("Translated by {translators} with the help of {tool}."),
    (False, True): gettext_noop("Translated with the help of {tool} exclusively for {client}."),
    (False, False): gettext_noop("Translated with the help of {tool}."),
}
# By method, and whether it is exclusive.
TRANSLATED_BY_MACHINE = {
    (Method.MACHINE_REVIEWED, True): gettext_noop(
        "Translated by machine ({tool}) exclusively for {client}, reviewed by {reviewer} on {date}."
    ),
    (Method.MACHINE_REVIEWED, False): gettext_noop(
        "Translated by machine ({tool}), reviewed by {reviewer} on {date}."
    ),
    (Method.MACHINE_RAW, True): gettext_noop(
        "Translated by machine ({tool}) exclusively for {client} and not reviewed by a person."
    ),
    (Method.MACHINE_RAW, False): gettext_noop(
        "Translated by machine ({tool}) and not reviewed by a person."
    ),
}
ADAPTED_WITH_MACHINE = {
    (Method.MACHINE_ASSISTED, True): gettext_noop(
        "Adapted with the help of {tool} exclusively for {client}."
    ),
    (Method.MACHINE_ASSISTED, False): gettext_noop("Adapted with the help of {tool}."),
    (Method.MACHINE_REVIEWED, True): gettext_noop(
        "Adapted by machine ({tool}) exclusively for {client}, reviewed by {reviewer} on {date}."
    ),
    (Method.MACHINE_REVIEWED, False): gettext_noop(
        "Adapted by machine ({tool}), reviewed by {reviewer} on {date}."
    ),
    (Method.MACHINE_RAW, True): gettext_noop(
        "Adapted by machine ({tool}) exclusively for {client} and not reviewed by a person."
    ),
    (Method.MACHINE_RAW, False): gettext_noop(
        "Adapted by machine ({tool}) and not reviewed by a person."
    ),
}
# By whether it is exclusive.
ADAPTED_FROM_ELSEWHERE = {
    True: gettext_noop(
        "Based on a text that originally appeared at {source}, adapted exclusively for {client}."
    ),
    False: gettext_noop("Based on a text that originally appeared at {source}."),
}
ADAPTED = gettext_noop("Adapted exclusively for {client}.")
APPEARED = gettext_noop("Originally appeared at {source}.")
REPUBLISHED = {
    True: gettext_noop("Originally appeared at {source}, republished exclusively for {client}."),
    False: APPEARED,
}
CO_PUBLISHED = {
    True: gettext_noop("Published jointly with {source}, exclusively for {client}."),
    False: gettext_noop("Published jointly with {source}."),
}
TREATED = {
    Treatment.ABRIDGED: gettext_noop("Abridged."),
    Treatment.ADAPTED: gettext_noop("Adapted."),
    Treatment.EXCERPT: gettext_noop("Excerpt."),
}
# By whether a piece was made anew from the other outlet's, and not taken over in its words.
WRITTEN_BY = {
    True: gettext_noop("Original text by {author}."),
    False: gettext_noop("Text by {author}."),
}
# By whether readers may see it. The headline stands last, so that it ends as it likes.
OUR_ORIGINAL = {
    True: gettext_noop("Read the original in {language}: {source}"),
    False: gettext_noop("The original is in {language}."),
}
# By whether it is in another language, and whether readers may see it.
OUR_BASIS = {
    (True, True): gettext_noop("Based on our article in {language}: {source}"),
    (True, False): gettext_noop("Based on one of our articles in {language}."),
    (False, True): gettext_noop("Based on our article: {source}"),
    (False, False): gettext_noop("Based on one of our articles."),
}
WORDING = "{wording}"  # the publication's own, in the article's language

# What stands before the credit where a machine made the text: by origin and method.
LABELS = {
    (Origin.TRANSLATION, Method.MACHINE_RAW): gettext_noop("Machine translation, not reviewed"),
    (Origin.TRANSLATION, Method.MACHINE_REVIEWED): gettext_noop(
        "Machine translation, reviewed by a person"
    ),
    (Origin.ADAPTATION, Method.MACHINE_RAW): gettext_noop("Machine-made text, not reviewed"),
    (Origin.ADAPTATION, Method.MACHINE_REVIEWED): gettext_noop(
        "Machine-made text, reviewed by a person"
    ),
}


@dataclass(frozen=True)
class Facts:
    """What a credit can say beyond its row: by the byline, the clock and the source."""

    translators: list[Contribution]
    is_source_readable: bool
    author: str  # of the source; '' where the byline names the same person
    wording: str  # that the publication asks for in the article's language


def sentences(attribution: Attribution, facts: Facts) -> list[str]:
    """Those that hold, in the active language, with their places still empty."""
    told = MAKING[Origin(attribution.origin)](attribution, facts)
    if attribution.treatment in TREATED and not _is_said_already(attribution):
        told.append(TREATED[Treatment(attribution.treatment)])
    if facts.author:
        told.append(WRITTEN_BY[attribution.origin in (Origin.TRANSLATION, Origin.ADAPTATION)])
    if attribution.source_article_id:
        told.append(_our_source(attribution, facts))
    said = [gettext(sentence) for sentence in told]
    return [*said, WORDING] if facts.wording else said


def machine_label(attribution: Attribution) -> str:
    """In the active language; '' where people made the text."""
    label = LABELS.get((Origin(attribution.origin), Method(attribution.method)))
    return gettext(label) if label else ""


def is_across_languages(attribution: Attribution) -> bool:
    """Whether readers get it in another language than it was written in."""
    if attribution.origin == Origin.TRANSLATION:
        return True  # from British English into English, too
    ours, theirs = attribution.article.language, attribution.source_language
    return attribution.origin == Origin.ADAPTATION and ours.split("-")[0] != theirs.split("-")[0]


def _republished(attribution: Attribution, _facts: Facts) -> list[str]:
    return [REPUBLISHED[bool(attribution.exclusive_for)]]


def _co_published(attribution: Attribution, _facts: Facts) -> list[str]:
    return [CO_PUBLISHED[bool(attribution.exclusive_for)]]


def _translated(attribution: Attribution, facts: Facts) -> list[str]:
    """Of people's work from elsewhere one sentence tells all, else one where and one how."""
    method, is_ours = Method(attribution.method), bool(attribution.source_article_id)
    is_exclusive = bool(attribution.exclusive_for)
    terms = bool(facts.translators), is_exclusive
    if method == Method.HUMAN and not is_ours:
        return [TRANSLATED_FROM_ELSEWHERE[terms]]
    told = [] if is_ours else [APPEARED]
    if method == Method.MACHINE_ASSISTED:
        return [*told, TRANSLATED_WITH_HELP[terms]]
    if method != Method.HUMAN:
        return [*told, TRANSLATED_BY_MACHINE[method, is_exclusive]]
    return [*told, TRANSLATED[terms]] if any(terms) else told


def _adapted(attribution: Attribution, facts: Facts) -> list[str]:
    """For whom it is stands with the adapting. Only what crosses languages has translators."""
    method, is_exclusive = Method(attribution.method), bool(attribution.exclusive_for)
    is_translated = bool(facts.translators) and is_across_languages(attribution)
    is_by_people = method == Method.HUMAN or (method == Method.MACHINE_ASSISTED and is_translated)
    told = []
    if not attribution.source_article_id:
        told.append(ADAPTED_FROM_ELSEWHERE[is_exclusive and is_by_people])
    elif is_exclusive and is_by_people:
        told.append(ADAPTED)
    if not is_by_people:
        told.append(ADAPTED_WITH_MACHINE[method, is_exclusive])
    elif is_translated:
        with_help = method == Method.MACHINE_ASSISTED
        told.append(TRANSLATED_WITH_HELP[True, False] if with_help else TRANSLATED[True, False])
    return told


MAKING: dict[Origin, Callable[[Attribution, Facts], list[str]]] = {
    Origin.TRANSLATION: _translated,
    Origin.REPUBLICATION: _republished,
    Origin.ADAPTATION: _adapted,
    Origin.CO_PUBLICATION: _co_published,
}


def _is_said_already(attribution: Attribution) -> bool:
    return attribution.origin == Origin.ADAPTATION and attribution.treatment == Treatment.ADAPTED


def _our_source(attribution: Attribution, facts: Facts) -> str:
    if attribution.origin == Origin.ADAPTATION:
        return OUR_BASIS[is_across_languages(attribution), facts.is_source_readable]
    return OUR_ORIGINAL[facts.is_source_readable]
