"""How a refusal becomes an answer, and how often one may ask."""

from django.http import HttpRequest, HttpResponse

from comments.refusals import (
    Closed,
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
)
from comments.sanctioned import Sanctioned
from operations.composed import prepared_cursor
from throttling.addresses import client_prefix
from throttling.limits import hit, seconds_left

WINDOW = 600  # seconds; the settings COMMENTS_PER_PREFIX and VOTES_PER_PREFIX count in it
STATUSES = {
    Closed: 403,
    QuestionClosed: 403,
    NothingToAppeal: 403,
    OwnComment: 403,
    OwnDecision: 403,
    OwnReport: 403,
    NoDownVotes: 403,
    Sanctioned: 403,
    TooLate: 403,
    NotPublic: 404,
    NotYours: 404,
    TooOften: 429,
}


def status_of(refusal: Refused) -> int:
    return STATUSES[type(refusal)]


def take_turn(request: HttpRequest, limits: dict[str, int], *, person: str = "") -> None:
    """Counts one more of each from this address prefix; raises TooOften beyond a limit. One query.

    What more requests have in common stands first. With `person` each limit also holds for them,
    wherever they ask from.
    """
    askers = [client_prefix(request), *([person] if person else [])]
    counted = {f"{what}:{asker}": limit for asker in askers for what, limit in limits.items()}
    if not hit(counted, seconds=WINDOW, open_cursor=prepared_cursor):
        raise TooOften


def retry_later(response: HttpResponse) -> HttpResponse:
    """The response, of a 429 with the seconds after which it is worth another try."""
    if response.status_code == 429:
        response.headers["Retry-After"] = str(seconds_left(WINDOW))
    return response
