"""Where the embedded server can live, and that it leaves nothing behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from operations.embedded import accounts, server, sockets
from operations.embedded.errors import EmbeddedPostgresError
from tests.operations.launching import answer, ask, launcher, notes, write

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for servers; whatever runs in it is gone afterwards."""
    yield tmp_path
    for lock in tmp_path.rglob("lock"):
        server.destroy(lock.parent)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("places") / "postgres"
    yield home
    server.destroy(home)


@pytest.mark.parametrize(
    "name",
    ['it\'s "odd", a $HOME `x` and\\so', "Дом с пробелами", "long-" * 30],
    ids=["odd", "cyrillic", "long"],
)
def test_server_lives_under_any_path(folder: Path, name: str) -> None:
    home = folder / name / "postgres"
    assert ask(home, "SELECT lower('Ж')") == "ж"
    assert server.stop(home)
    assert ask(home, "SELECT current_setting('listen_addresses')") == ""


def test_every_letter_counts_in_search_by_similarity(home: Path) -> None:
    url = server.database_url(server.start(home), server.USER)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        found = connection.execute("SELECT similarity('новость', 'новости')").fetchone()
        connection.rollback()
    assert found == (pytest.approx(0.6),)


def test_folder_may_be_moved_stopped_or_running(folder: Path) -> None:
    names = [folder / name / "postgres" for name in ("first", "second", "third")]
    write(names[0], "kept")
    names[0].parent.rename(names[1].parent)
    assert notes(names[1]) == "kept"
    assert server.stop(names[1])
    names[1].parent.rename(names[2].parent)
    assert notes(names[2]) == "kept"


@pytest.mark.torture
def test_copied_folder_is_a_server_of_its_own(folder: Path) -> None:
    original, copy = folder / ("original, " * 2), folder / ("copy, " * 2)
    write(original, "first")
    server.stop(original)
    shutil.copytree(original, copy)
    write(original, "only here")
    assert notes(copy) == "first"
    assert server.start(copy) != server.start(original)
    removed = server.destroy(copy)
    assert len(removed) == 2  # its home and its socket's folder
    assert not any(path.exists() for path in removed)
    assert notes(original) == "first only here"


def test_three_processes_racing_at_the_first_start_share_one_server(folder: Path) -> None:
    racers = [launcher("start", folder / "postgres", "--forgetful") for _ in range(3)]
    assert len({answer(racer) for racer in racers}) == 1
    assert list(folder.rglob("new-*")) == []
    assert ask(folder / "postgres", "SELECT 1") == 1


def test_socket_folder_that_others_could_enter_is_refused(folder: Path) -> None:
    home = folder / "a, b" / "postgres"
    socket = server.start(home)
    server.stop(home)
    socket.chmod(0o755)
    with pytest.raises(EmbeddedPostgresError, match="only the user of the server may enter"):
        server.start(home)
    socket.chmod(0o700)
    socket.rename(folder / "moved")
    socket.symlink_to(folder / "moved")
    with pytest.raises(EmbeddedPostgresError, match="only the user of the server may enter"):
        server.start(home)
    socket.unlink()


def test_data_of_another_major_version_are_explained(home: Path) -> None:
    write(home, "kept")
    server.stop(home)
    version = accounts.data_directory(home) / "PG_VERSION"
    here = version.read_text()
    version.write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 15, and this is"):
        server.start(home)
    version.write_text(here)
    assert notes(home) == "kept"


def test_socket_lies_in_the_home_where_it_can(folder: Path) -> None:
    assert sockets.find(folder / "short") == folder / "short"
    assert sockets.find(folder / ("long" * 30)) is None
