"""Make a new data directory, and tell which version made an old one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .accounts import Account, copy_binaries
from .errors import EmbeddedPostgresError

# pg_trgm reads LC_CTYPE: under plain "C" it drops every letter outside of ASCII.
CTYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8")
SHELL_CHARACTERS = set('"$`\\')


def create(account: Account, data: Path, *, durable: bool) -> None:
    """Make the data directory `data`, wholly or not at all; the caller holds the lock."""
    for left in data.parent.glob("new-*"):
        shutil.rmtree(left)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=data.parent))
    account.own(new)
    with _without_shell_characters(account) as safe:
        _initialise(safe, new, durable=durable)
    new.rename(data)


def _initialise(account: Account, new: Path, *, durable: bool) -> None:
    arguments = ["-D", new, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    arguments += [] if durable else ["--no-sync"]
    written = ""
    for ctype in CTYPES:
        done, written = account.run("initdb", *arguments, f"--lc-ctype={ctype}")
        if done:
            return
        if "locale" not in written:
            break
    raise EmbeddedPostgresError(f"PostgreSQL could not make its data directory:\n{written}")


@contextmanager
def _without_shell_characters(account: Account) -> Iterator[Account]:
    """Give an account whose programs' path means nothing to a shell, as initdb uses one."""
    if not SHELL_CHARACTERS & set(str(account.binaries)):
        yield account
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        Path(folder).chmod(0o755)
        yield replace(account, binaries=copy_binaries(Path(folder)))


def check_version(account: Account, data: Path) -> None:
    """Raise EmbeddedPostgresError if another major version made `data`."""
    made_by = (data / "PG_VERSION").read_text().strip()
    done, written = account.run("postgres", "--version")
    if not done:
        raise EmbeddedPostgresError(f"PostgreSQL does not run here:\n{written}")
    here = written.split()[2].split(".")[0]
    if made_by != here:
        raise EmbeddedPostgresError(
            f"The data in {data} were made by PostgreSQL {made_by}, and this is PostgreSQL {here},"
            " which cannot read them. To keep them, go back to the release that made them, write"
            " them out with pg_dump, and load them here. To start afresh: make reset"
        )
