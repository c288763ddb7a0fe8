"""The Nu HTML checker on every page that links and lists lead to."""

import json
import subprocess
import time
from collections import Counter
from pathlib import Path

from audit.report import Part, Table
from tests.deploy.site import Site
from tests.newsroom.crawling import Crawler, Page

MOST_SHOWN = 40


class Reader(Crawler):
    """Asks nginx, as readers do."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.nginx.port, ["/", "/de/", "/tr/", "/ru/", "/ar/"])
        self.site = site

    def ask(self, path: str, method: str = "GET") -> Page:
        begun = time.time()
        answer = self.site.ask(path, method=method)
        text = f"{answer.headers}\n\n{answer.body.decode(errors='replace')}"
        return Page(path, answer.status, text, begun, time.time())


def look(site: Site, tools: Path, folder: Path) -> Part:
    pages = Reader(site).crawl()
    broken = [f"{page.path}: {page.status}" for page in pages if page.status >= 400]
    made = folder / "pages"
    made.mkdir()
    paths = {}
    for number, page in enumerate(pages):
        head, _, body = page.text.partition("\n\n")
        if page.status == 200 and "content-type: text/html" in head.lower():
            file = made / f"{number}.html"
            file.write_text(body)
            paths[file.resolve().as_uri()] = page.path
    command = ["java", "-Xss8m", "-jar", str(tools / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    command += ["--format", "json", "--exit-zero-always", str(made)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800).stderr
    errors: Counter[str] = Counter()
    where: dict[str, str] = {}
    for message in json.loads(said)["messages"]:
        if message["type"] == "error":
            errors[message["message"]] += 1
            where.setdefault(message["message"], paths.get(message.get("url", ""), "?"))
    faults = [
        f"{text} ({number} ×, first on {where[text]})" for text, number in errors.most_common()
    ]
    numbers = {"pages looked at": len(paths), "errors": errors.total(),
               "addresses asked": len(pages), "of these broken": len(broken)}  # fmt: skip
    rows = [[name, f"{number:,}"] for name, number in numbers.items()]
    return Part("The Nu HTML checker and all links.", [Table(["", ""], rows)],
                faults[:MOST_SHOWN] + broken[:MOST_SHOWN])  # fmt: skip
