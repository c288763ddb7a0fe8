"""Which addresses may be shown within an article's page, once a reader asks for it."""

import re
from typing import NamedTuple


class Provider(NamedTuple):
    """Whose players are shown: what its addresses look like, and where its frames come from."""

    name: str
    address: re.Pattern[str]
    frame: str  # with {} for what identifies the piece

    @property
    def host(self) -> str:
        """As a policy names it."""
        return "/".join(self.frame.split("/")[:3])


# Each has a player that keeps no cookie of who only looks.
PROVIDERS = (
    Provider(
        "YouTube",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?v=|shorts/|live/)|youtu\.be/"
            r"|www\.youtube-nocookie\.com/embed/)([\w-]{11})\b.*"
        ),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    Provider(
        "Vimeo",
        re.compile(r"https://(?:www\.)?vimeo\.com/(\d{5,12})\b.*"),
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
    Provider(
        "Internet Archive",
        re.compile(r"https://archive\.org/details/([\w.-]{3,100})(?:[/?#].*)?"),
        "https://archive.org/embed/{}",
    ),
)
FRAMES = [provider.host for provider in PROVIDERS]


class Frame(NamedTuple):
    provider: str
    address: str


def frame_of(address: str) -> Frame | None:
    """What shows the address within the page; None where a link has to do."""
    for provider in PROVIDERS:
        if found := provider.address.fullmatch(address):
            return Frame(provider.name, provider.frame.format(found[1]))
    return None
