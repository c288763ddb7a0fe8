"""The newsroom's histories told once more in plain Python, to compare drift with."""

from dataclasses import dataclass, field

RANKS = ["withdrawn", "corrected", "outdated", "unverified", "minor", "current"]
COMES_DOWN = RANKS[:3]


@dataclass
class Piece:
    """An article of ours or a work elsewhere: what it has had, and what it was made from."""

    is_elsewhere: bool = False
    versions: list[str] = field(default_factory=list)  # minor, major or correction, oldest first
    is_withdrawn: bool = False
    is_unchecked: bool = True  # as long as nobody has taken a text
    source: "Piece | None" = None
    covers: int | None = None  # how many versions of the source

    def add(self, change: str) -> None:
        self.versions.append(change)
        self.is_unchecked = False

    def cover_all(self) -> None:
        """Reconciles, or begins: whatever the source has now."""
        if self.source and self.source.versions:
            self.covers = len(self.source.versions)

    def own_state(self) -> str:
        source = self.source
        if source is None:
            return "current"
        later = [] if self.covers is None else source.versions[self.covers :]
        if source.is_withdrawn:
            return "withdrawn"
        if "correction" in later:
            return "corrected"
        if "major" in later:
            return "outdated"
        if self.covers is None or (source.is_elsewhere and source.is_unchecked):
            return "unverified"
        return "minor" if later else "current"

    def state(self) -> tuple[str, bool]:
        """The state, and whether it comes from further up."""
        own = self.own_state()
        above = self.source.state()[0] if self.source else "current"
        if above in COMES_DOWN and RANKS.index(above) < RANKS.index(own):
            return above, True
        return own, False

    def behind(self) -> int:
        if self.covers is None or self.source is None:
            return 0
        return sum(change != "minor" for change in self.source.versions[self.covers :])
