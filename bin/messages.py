"""bin/messages.py update|check: the translated texts of every app, one catalogue per language.

`update` takes the strings out of each app's Python and templates into
<app>/locale/<language>/LC_MESSAGES/django.po and compiles these; what is translated stays, what
is gone goes. `check` changes nothing and fails with a line for each string that is not
translated, each that is not in the sources any more and each .mo that is not its .po.
Neither needs the gettext tools. A catalogue in English has other people's strings in our words: it
is written by hand, and only compiled here.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message, extract, mofile, pofile
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
NO_APPS = {"tests", "bench", "audit"}
PLURALS = {  # as in Django's own catalogues: others would hide the plurals of Django's
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5;",
    "de": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
    "n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "tr": "nplurals=2; plural=(n > 1);",
}
RULES = PLURALS | {"en": "nplurals=2; plural=(n != 1);"}
KEYWORDS = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0]*[\d.]*[a-z]|%[sdr]|\{\w*\}")

Key = tuple[str | None, str]  # context and (first) text of a message


class QuietCatalog(Catalog):
    """A catalogue without the header lines that change at each writing."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        language = str(self.locale_identifier)
        return [
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", language),
            ("Plural-Forms", RULES[language] + "\n"),
        ]

    @property
    def num_plurals(self) -> int:
        return int(RULES[str(self.locale_identifier)][len("nplurals=")])


def apps(root: Path = ROOT) -> list[Path]:
    return sorted(
        init.parent for init in root.glob("*/__init__.py") if init.parent.name not in NO_APPS
    )


def sources(app: Path) -> dict[Key, Message]:
    """The app's strings as they stand in its Python and templates."""
    found: dict[Key, Message] = {}
    for path in sorted(path for path in app.rglob("*") if path.is_file()):
        for text, context in strings(path):
            key = (context, text[0] if isinstance(text, tuple) else text)
            known = found.get(key)
            places = [*(known.locations if known else ()), (path.relative_to(app).as_posix(), 0)]
            if known and isinstance(known.id, tuple):
                text = known.id  # one string with and without a plural is one message
            found[key] = Message(text, locations=sorted(set(places)), context=context)
    return found


def strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Text (with its plural, where it has one) and context of each string in a file."""
    if path.suffix == ".py":
        source = path.read_text()
    elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
        # templatize() writes calls of gettext() where the tags stood, indented like the markup
        source = "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())
    else:
        return
    lines = io.BytesIO(source.encode())
    for _line, text, _comments, context in extract.extract("python", lines, KEYWORDS):
        yield text, context


def catalogue(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> dict[Key, Message]:
    """The messages of a .po file; of a file that is not there, none."""
    if not path.exists():
        return {}
    messages = pofile.read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    return {(message.context, first(message.id)): message for message in messages if message.id}


def first(text: str | Iterable[str]) -> str:
    return text if isinstance(text, str) else next(iter(text))


def write(path: Path, language: str, messages: Iterable[Message]) -> None:
    """The .po file and, beside it, the .mo file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    quiet = filled(language, messages)
    content = io.BytesIO()
    pofile.write_po(content, quiet, width=100, include_lineno=False)
    path.write_bytes(content.getvalue().strip() + b"\n")
    path.with_suffix(".mo").write_bytes(compiled(quiet))


def filled(language: str, messages: Iterable[Message]) -> QuietCatalog:
    quiet = QuietCatalog(language, header_comment="", fuzzy=False)
    for message in messages:
        if message.pluralizable and not any(message.string or ()):
            message.string = ("",) * quiet.num_plurals
        quiet.add(
            message.id, message.string, message.locations, message.flags, context=message.context
        )
    return quiet


def compiled(quiet: QuietCatalog) -> bytes:
    content = io.BytesIO()
    mofile.write_mo(content, quiet)
    return content.getvalue()


def update(root: Path = ROOT) -> None:
    """Bring every catalogue up to its sources. New strings are empty until somebody translates."""
    for app in apps(root):
        wanted = sources(app)
        if by_hand := read(catalogue(app, "en")):
            write(catalogue(app, "en"), "en", by_hand.values())
        for language in PLURALS if wanted else ():
            path = catalogue(app, language)
            known = read(path)
            for key, message in wanted.items():
                is_known = key in known and known[key].id == message.id
                message.string = known[key].string if is_known else ""
            write(path, language, wanted.values())


def problems(root: Path = ROOT) -> list[str]:
    """What keeps the catalogues from saying all that the sources say, a line for each."""
    lines = []
    for app in apps(root):
        wanted = sources(app)
        for language in RULES:
            path = catalogue(app, language)
            known = read(path)
            name = f"{app.name}, {language}"
            if language in PLURALS:
                lines += [f"{name}: {line}" for line in differences(wanted, known)]
            lines += [
                f"{name}: {fault}: {key[1]!r}"
                for key, message in known.items()
                for fault in faults(message, language)
            ]
            if known and not is_compiled(path, language):
                lines.append(f"{name}: the .mo file is not what the .po file says")
    return lines


def differences(wanted: dict[Key, Message], known: dict[Key, Message]) -> Iterator[str]:
    """Where a catalogue and its sources are apart."""
    for key, message in wanted.items():
        if key not in known:
            yield f"not in the catalogue: {key[1]!r}"
        elif known[key].id != message.id:
            yield f"another plural: {key[1]!r}"
    for _context, text in known.keys() - wanted.keys():
        yield f"not in the sources: {text!r}"


def is_compiled(path: Path, language: str) -> bool:
    if not path.with_suffix(".mo").exists():
        return False
    return path.with_suffix(".mo").read_bytes() == compiled(filled(language, read(path).values()))


def faults(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if message.fuzzy:
        yield "fuzzy"
    if not all(texts):
        yield "not translated"
    elif message.pluralizable and len(texts) != filled(language, ()).num_plurals:
        yield "wrong number of plural forms"
    elif not has_placeholders(message, texts):
        yield "other placeholders than its source"
    elif language == "tr" and any(text.startswith("i") for text in texts):
        yield "begins with an i, which capfirst turns into I instead of İ"


def has_placeholders(message: Message, texts: list[str]) -> bool:
    """Whether all stand in the translation; a plural form may leave its number unsaid."""
    original = message.id if isinstance(message.id, str) else message.id[1]
    wanted = set(PLACEHOLDER.findall(original))
    given = [set(PLACEHOLDER.findall(text)) for text in texts]
    if message.pluralizable:
        return all(found <= wanted for found in given) and given[-1] == wanted
    return all(found == wanted for found in given)


def main() -> None:
    action = sys.argv[1] if len(sys.argv) == 2 else ""
    if action == "update":
        update()
    elif action != "check":
        sys.exit(__doc__)
    found = problems()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    if found and action == "check":
        sys.exit(1)


if __name__ == "__main__":
    main()
