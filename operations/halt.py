"""python -m operations.halt stop|reset

Stops the local site from anywhere, and with `reset` removes its data. Needs no Django and no
installed package, so that it works when nothing else does.
"""

import os
import shutil
import sys
from pathlib import Path

from operations import claim
from operations.embedded import server
from operations.embedded.errors import EmbeddedPostgresError

DATA = Path(os.environ.get("DATA_DIR", "").strip() or Path(__file__).parents[1] / ".data")
SERVERS = ("postgres", "postgres-test")


def stop() -> None:
    holder = claim.end_holder(DATA)
    stopped = [name for name in SERVERS if server.stop(DATA / name)]
    if holder:
        _say(f"Stopped the newsroom at {holder.address}")
    if stopped:
        _say("Stopped PostgreSQL")
    if not holder and not stopped:
        _say("Nothing was running.")


def reset() -> None:
    stop()
    removed = [folder for name in SERVERS for folder in server.destroy(DATA / name)]
    if DATA.exists():
        removed.append(DATA)
        shutil.rmtree(DATA)
    for folder in removed:
        _say(f"Removed {folder}")
    if not removed:
        _say("There was nothing to remove.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def main() -> None:
    actions = {"stop": stop, "reset": reset}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    try:
        actions[sys.argv[1]]()
    except (EmbeddedPostgresError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
