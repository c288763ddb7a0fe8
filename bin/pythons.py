"""bin/pythons.py: the unit tests on every Python 3.12 or newer that is found, each on its own.

Looks on PATH and among pyenv's versions; keeps an environment for each below .data/venvs.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROBE = "import sys; print(*sys.version_info[:3], sys.implementation.name)"
OLDEST = (3, 12)


def candidates() -> Iterator[str]:
    for minor in range(12, 30):
        if found := shutil.which(f"python3.{minor}"):
            yield found
    if found := shutil.which("python3"):
        yield found
    home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(map(str, home.glob("versions/*/bin/python")))


def find_pythons() -> dict[str, str]:
    """Return the version and the path of each usable Python; one for each minor version."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for path in candidates():
        done = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
        if done.returncode or not done.stdout.strip().endswith("cpython"):
            continue
        major, minor, patch = map(int, done.stdout.split()[:3])
        if (major, minor) >= OLDEST:
            found.setdefault((major, minor), (f"{major}.{minor}.{patch}", path))
    return dict(found[key] for key in sorted(found))


def passes(version: str, path: str) -> bool:
    say(f"── Python {version} ({path})")
    environment = os.environ | {"PYTHON": path, "VENV": f".data/venvs/{version}"}
    command = ["sh", "bin/newsroom", "unit-tests"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    return done.returncode == 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    (ROOT / ".data" / "venvs").mkdir(parents=True, exist_ok=True)
    results = {version: passes(version, path) for version, path in find_pythons().items()}
    for version, passed in results.items():
        say(f"Python {version}: {'passed' if passed else 'FAILED'}")
    sys.exit(not results or not all(results.values()))


if __name__ == "__main__":
    main()
