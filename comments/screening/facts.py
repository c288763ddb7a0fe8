"""What is known of a writer when they write."""

from dataclasses import dataclass, field

from comments.trust import Record


@dataclass(frozen=True)
class Facts:
    """`lately` is how many comments they wrote in the last ten minutes, `is_said_elsewhere`
    whether the same long text stands below another story already."""

    record: Record = field(default_factory=Record)
    lately: int = 0
    is_said_elsewhere: bool = False
