"""How a refusal becomes an answer, and how often one may ask."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse

from comments.refusals import (
    BranchClosed,
    Closed,
    MembersOnly,
    NameOfAByline,
    NameOfTheHouse,
    NameTaken,
    NoDownVotes,
    NothingToAppeal,
    NotPublic,
    NotYours,
    OwnComment,
    OwnDecision,
    OwnReport,
    QuestionClosed,
    Refused,
    TooLate,
    TooOften,
    TooSoon,
    UnwantedWord,
)
from comments.sanctioned import Sanctioned
from operations.composed import prepared_cursor
from throttling.addresses import client_prefix
from throttling.limits import beyond, seconds_left

NOTHING: Mapping[str, int] = MappingProxyType({})
HOUR = 3600
WINDOW = 600  # seconds; the settings …_PER_PREFIX count in it unless they say otherwise
STATUSES = {
    Closed: 403,
    BranchClosed: 403,
    QuestionClosed: 403,
    NothingToAppeal: 403,
    OwnComment: 403,
    OwnDecision: 403,
    OwnReport: 403,
    Sanctioned: 403,
    NoDownVotes: 403,
    TooLate: 403,
    NotPublic: 404,
    NotYours: 404,
    TooOften: 429,
    TooSoon: 429,
    MembersOnly: 403,
    UnwantedWord: 422,
    NameTaken: 422,
    NameOfAByline: 422,
    NameOfTheHouse: 422,
}


def status_of(refusal: Refused) -> int:
    return STATUSES[type(refusal)]


def keep_pace(
    request: HttpRequest,
    limits: dict[str, int],
    *,
    everybodys: Mapping[str, int] = NOTHING,
    hourly: Mapping[str, int] = NOTHING,
) -> None:
    """Counts one more of each from this address prefix; raises TooOften beyond a limit. One query.

    What more requests have in common stands first: of `everybodys`, what is counted whoever asks.
    `hourly` are further limits of the prefix, in an hour.
    """
    prefix = client_prefix(request)
    counted = {f"{what}:{prefix}": limit for what, limit in {**limits, **hourly}.items()}
    windows = {f"{what}:{prefix}": HOUR for what in hourly}
    over = beyond(
        {**everybodys, **counted}, seconds=WINDOW, windows=windows, open_cursor=prepared_cursor
    )
    if over:
        raise TooOften(max(seconds_left(windows.get(key, WINDOW)) for key in over))


def retry_later(response: HttpResponse, refusal: Refused | None) -> HttpResponse:
    """The response, of a 429 with the seconds after which it is worth another try."""
    if response.status_code == 429:
        seconds = (refusal and refusal.seconds) or seconds_left(WINDOW)
        response.headers["Retry-After"] = str(seconds)
    return response
