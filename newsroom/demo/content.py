"""Reading fixtures/: TOML tables, and texts that begin with a TOML table between `+++` lines."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

FIXTURES: Path = settings.BASE_DIR / "fixtures"


class Text(NamedTuple):
    """One language's text of a story or page: its front matter and its Markdown."""

    language: str
    matter: dict[str, Any]
    markdown: str


def table(name: str) -> dict[str, Any]:
    """The TOML file fixtures/<name>.toml."""
    return tomllib.loads((FIXTURES / f"{name}.toml").read_text(encoding="utf-8"))


def folders(kind: str) -> list[Path]:
    """The folders below fixtures/<kind>/, one for each story or page, by name."""
    return sorted(path for path in (FIXTURES / kind).iterdir() if path.is_dir())


def texts(folder: Path) -> list[Text]:
    """A folder's texts in the order of settings.LANGUAGES, the default language's first."""
    files = [(code, folder / f"{code}.md") for code, _name in settings.LANGUAGES]
    return [_read(code, path) for code, path in files if path.exists()]


def _read(language: str, path: Path) -> Text:
    opening, matter, markdown = path.read_text(encoding="utf-8").split("+++\n", 2)
    if opening.strip():
        raise ValueError(f"{path.relative_to(FIXTURES)} does not begin with +++")
    return Text(language, tomllib.loads(matter), markdown.strip())
