"""What a rule looks at, and what it finds."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from comments.models import Comment, Status
from comments.sanctioned import Standing
from comments.screening.facts import Facts
from comments.signs import Signs
from comments.tracing import fingerprint_of, network_mark
from comments.trust import Allowance, Trust, allowance_of, trust_of
from comments.voting import Voter
from comments.wording import shown_text, to_html
from operations.clock import site_day
from operations.models import SiteSettings

HOLDS = 10  # the weight at which a comment is held
LINK = re.compile(r"<a\s")


@dataclass(frozen=True)
class Finding:
    """What a rule has against a comment: one of `Reason` or '', and a detail for moderators.

    The detail holds nothing that was written; `comments.explaining` translates one that is words.
    With less than the full weight it holds no comment by itself; weights add up.
    """

    rule: str
    reason: str = ""
    detail: str = ""
    weight: int = HOLDS


@dataclass(frozen=True)
class Verdict:
    """What becomes of the comment: the decisive rule, '' where it is public, and all findings."""

    rule: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        return bool(self.rule)

    @property
    def status(self) -> Status:
        return Status.HELD if self.holds else Status.PUBLIC

    @property
    def kept(self) -> list[dict[str, str]]:
        """The findings as `ModerationEntry.findings` has them."""
        return [
            {"rule": each.rule, "reason": each.reason, "detail": each.detail}
            for each in self.findings
        ]


@dataclass
class Submission:
    """A comment as somebody sends it, with all that rules may ask about it.

    `comment` is not added yet, or has its earlier text still; `sender` is who sends it, by all that
    they go by. `facts`, `standing` and the comment's discussion are known within the transaction
    alone: rules of the text do without.
    """

    comment: Comment
    text: str
    sender: Voter
    site: SiteSettings
    now: datetime
    network: str = ""
    is_edit: bool = False
    is_import: bool = False  # written elsewhere, and then: nothing about the act of posting counts
    signs: Signs | None = None  # None where no form was filled in
    facts: Facts = field(default_factory=Facts)
    standing: Standing = field(default_factory=Standing)  # what was decided about the writer
    outside: Finding | None = None  # what an external check has found

    @cached_property
    def html(self) -> str:
        """Only of a text that the rules of the text have let through."""
        return to_html(self.text)

    @cached_property
    def said(self) -> str:
        """The text as readers see it, and as it was typed."""
        return f"{shown_text(self.text)}\n{self.text}"

    @cached_property
    def mark(self) -> str:
        """What stands for its network today."""
        return network_mark(self.network, site_day(self.now))

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint_of(self.text)

    @cached_property
    def links(self) -> int:
        return len(LINK.findall(self.html))

    @property
    def story_id(self) -> int:
        comment = self.comment
        known = comment.discussion_id is not None
        return comment.discussion.story_id if known else comment.article.story_id

    @property
    def trust(self) -> Trust:
        return trust_of(self.facts.record)

    @property
    def allowance(self) -> Allowance:
        return allowance_of(self.trust)
