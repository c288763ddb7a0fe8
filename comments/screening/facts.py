"""What is known of a writer when they write."""

from dataclasses import dataclass, field
from datetime import datetime

from comments.trust import Record


@dataclass(frozen=True)
class Facts:
    """`lately` is how many comments they wrote in the last ten minutes, `wrote_here_at` when they
    last wrote into a conversation in slow mode; whether the same long text stands below another
    story already, by them or from their network today; `from_network` is how many comments that
    has sent today, counted up to one more than are `crowd.MANY`."""

    record: Record = field(default_factory=Record)
    lately: int = 0
    wrote_here_at: datetime | None = None
    is_said_elsewhere: bool = False
    is_sent_elsewhere: bool = False
    from_network: int = 0
    is_name_taken: bool = False  # of a guest, by a member
    is_in_a_byline: bool = False  # the name of a guest
    has_left: bool = False  # of a member whose request began before
