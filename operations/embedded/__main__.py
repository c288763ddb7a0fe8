"""python -m operations.embedded start|stop|destroy DIRECTORY [--forgetful]"""

import argparse
import sys
from pathlib import Path

from . import server
from .errors import EmbeddedPostgresError


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m operations.embedded", description=__doc__)
    parser.add_argument("action", choices=["start", "stop", "destroy"])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--forgetful", action="store_true", help="for tests: fast, not durable")
    options = parser.parse_args()
    try:
        if options.action == "start":
            socket = server.start(options.directory, durable=not options.forgetful)
            sys.stdout.write(server.database_url(socket, server.USER) + "\n")
        elif options.action == "stop":
            server.stop(options.directory)
        else:
            server.destroy(options.directory)
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
