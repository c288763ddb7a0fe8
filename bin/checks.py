"""bin/checks.py test|lint|torture: every check in order, up to the first that fails.

Tests that watch a clock may fail where two browsers share a busy core: these are run once more by
themselves, which is told, and must pass then.
"""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from operations.embedded import server  # noqa: E402 - the path comes first

Step = tuple[str, list[str], dict[str, str]]
IN_TIME = ("slow and not torture", "browser and not torture")  # marks of tests that watch a clock
FAILED = 1  # pytest's word for tests that failed, and nothing worse
ALONE = ["-n", "0", "--create-db", "--last-failed", "--last-failed-no-failures", "none"]
TEST_SERVER = Path(os.environ.get("DATA_DIR", "").strip() or ROOT / ".data") / "postgres-test"


def lint_steps() -> list[Step]:
    return [
        ("Code style", ["-m", "ruff", "check", "--quiet"], {}),
        ("Code format", ["-m", "ruff", "format", "--check", "--quiet"], {}),
        ("Templates", ["-m", "djlint", ".", "--lint", "--quiet"], {}),
        (
            "Imports between the apps",
            ["-c", "from importlinter.cli import lint_imports_command as c; c(['--no-logo'])"],
            {},
        ),
    ]


def code_steps(database_url: str) -> list[Step]:
    local = {"DATABASE_URL": database_url}
    public = local | {
        "SITE_URL": "https://newsroom.example",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "EMAIL_URL": "smtp://newsroom@mail.newsroom.example:587",
    }
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return [
        ("Migrations are complete", ["manage.py", "makemigrations", "--check", "--dry-run"], local),
        ("Settings of a public site", deploy, public),
        ("Types", ["-m", "mypy", "."], local),
    ]


def test_steps() -> list[Step]:
    """The first step makes the databases, the others find them."""
    pytest = ["-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--reuse-db"]
    slow = "Slow tests: the demo, every door of the desk, many at once"
    by_time, in_browser = IN_TIME
    return [
        (
            "Unit tests",
            [*pytest, "--create-db", "-m", "not browser and not torture and not slow"],
            {},
        ),
        (slow, [*pytest, "-m", by_time], {}),
        ("Browser tests", [*pytest, "-m", in_browser], {}),
    ]


def run(steps: list[Step]) -> None:
    """Run each step under a headline; exit at the first that fails, with its status."""
    for name, arguments, environment in steps:
        say(f"── {name}")
        begun = time.monotonic()
        status = call(arguments, environment)
        if status == FAILED and arguments[-1] in IN_TIME:
            say(f"── {name}: what failed beside others, once more alone")
            status = call([*arguments, *ALONE], environment)
        if status:
            say(f"── {name}: failed after {time.monotonic() - begun:.1f} s")
            sys.exit(status)
        if steps[-1][0] != name:  # the last line is pytest's own
            say(f"   passed in {time.monotonic() - begun:.1f} s")


def call(arguments: list[str], environment: dict[str, str]) -> int:
    """The status with which that Python ends."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    action = sys.argv[1] if len(sys.argv) == 2 else ""
    if action == "lint":
        run(lint_steps())
    elif action == "torture":
        run([("Torture", ["-m", "pytest", "-q", "-m", "torture"], {})])
    elif action == "test":
        try:
            given = os.environ.get("DATABASE_URL", "").strip()
            url = given or server.database_url(
                server.start(TEST_SERVER, durable=False), server.USER
            )
            run(lint_steps() + code_steps(url) + test_steps())
        finally:
            server.stop(TEST_SERVER)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
