"""The least that granian can do: the bytes of the file that BARE_PAGE names, without Django.

With the headers that BARE_HEADERS holds, as JSON.
"""

import json
import os
from pathlib import Path
from typing import Any

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()
OWN = {"server", "date"}  # granian's, not the application's
TOLD = json.loads(os.environ["BARE_HEADERS"])
HEADERS = [(name, value) for name, value in TOLD if name.lower() not in OWN]


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", HEADERS)
    return [PAGE]
