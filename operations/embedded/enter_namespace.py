"""Run a command in a user namespace of its own, where root's files belong to user 1000.

PostgreSQL refuses to run as root; seen from inside, it no longer does, and it can still reach all
that root owns. Started as a script, because only a process with one thread may do this.
"""

import os
import sys
from pathlib import Path

INSIDE_ID = 1000


def main() -> None:
    uid, gid = os.geteuid(), os.getegid()
    try:
        os.unshare(os.CLONE_NEWUSER)
        process = Path("/proc/self")
        (process / "setgroups").write_text("deny")
        (process / "uid_map").write_text(f"{INSIDE_ID} {uid} 1")
        (process / "gid_map").write_text(f"{INSIDE_ID} {gid} 1")
        os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the caller's command, as it is
    except OSError as error:
        sys.exit(f"no user namespace here: {error}")


if __name__ == "__main__":
    main()
