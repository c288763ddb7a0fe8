"""Mail to addresses that anybody could have typed: so much a day, whatever causes it."""

from throttling.limits import hit

DAY = 24 * 3600  # seconds
MAILS_A_DAY = 5  # to one address


def may_mail(address: str) -> bool:
    """Counts one more mail to it, and says whether that is within the limit.

    Call it in a transaction with the sending itself: what could not be sent is then not counted,
    and other mail to the same address alone waits. Else outside of one. One query.
    """
    return hit({f"unasked mail:{address.lower()}": MAILS_A_DAY}, seconds=DAY)
