"""Lighthouse as a phone sees it: the median of several runs on each page."""

import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from audit.pages import Looked
from audit.report import Part, Table
from tests.deploy.site import NAME, Site
from tests.programs import need

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KB = 1000
MOST = {"Script": 40 * KB, "Stylesheet": 20 * KB, "Document": 40 * KB}
CHROME = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--ignore-certificate-errors")  # fmt: skip


class Measured(NamedTuple):
    scores: dict[str, float]
    weights: dict[str, int]
    shift: float
    strangers: set[str]
    lost: set[str]


def look(site: Site, pages: list[Looked], tools: Path, folder: Path, runs: int) -> Part:
    rows, faults = [], []
    for page in pages:
        for _warming in range(2):
            assert site.ask(page.path).status == 200, page.path
        measured = [one_run(site, page, tools, folder) for _number in range(runs)]
        scores = {
            name: statistics.median(each.scores[name] for each in measured) for name in CATEGORIES
        }
        weights = {kind: max(each.weights[kind] for each in measured) for kind in MOST}
        shift = max(each.shift for each in measured)
        wrong = [
            f"{name} {scores[name]:.0f}" for name in CATEGORIES if scores[name] < least(page, name)
        ]
        wrong += [
            f"{kind.lower()} {weights[kind] / KB:.1f} kB"
            for kind, most in MOST.items()
            if weights[kind] > most and not (kind == "Document" and page.performance < 99)
        ]
        wrong += ["layout shift"] * (shift > 0.001)
        wrong += sorted(f"asks {name}" for each in measured for name in each.strangers)
        lost = sorted(set().union(*(each.lost for each in measured)))
        faults += [f"{page.name}, {page.language}: {each}" for each in wrong]
        faults += [f"{page.name}, {page.language}: {each}" for each in lost if wrong]
        rows.append([
            page.name, page.language, *(f"{scores[name]:.0f}" for name in CATEGORIES),
            *(f"{weights[kind] / KB:.1f}" for kind in MOST), f"{shift:.3f}",
        ])  # fmt: skip
    head = ["page", "language", *CATEGORIES, "script kB", "style kB", "HTML kB", "shift"]
    said = (
        f"Lighthouse, phone, over https: medians of {runs} runs; the heaviest weights, compressed."
    )
    return Part(said, [Table(head, rows)], faults)


def least(page: Looked, category: str) -> int:
    if category == "performance":
        return page.performance
    return 0 if category == "seo" and not page.is_indexed else 100


def one_run(site: Site, page: Looked, tools: Path, folder: Path) -> Measured:
    output = folder / "lighthouse.json"
    flags = [*CHROME, f'--host-resolver-rules="MAP {NAME}:443 127.0.0.1:{site.nginx.port}"']
    command = ["node", str(tools / "lighthouse" / "cli" / "index.js"), f"https://{NAME}{page.path}"]
    command += ["--quiet", "--output=json", f"--output-path={output}", "--form-factor=mobile"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"]
    chromium = need("chromium", "chromium-browser", "google-chrome", package="chromium")
    for is_last in (False, False, True):  # it says itself where it has to be run again
        environment = os.environ | {"CHROME_PATH": chromium}
        done = subprocess.run(command, check=is_last, env=environment, timeout=300)
        if done.returncode == 0:
            break
    return read(json.loads(output.read_text()))


def read(result: dict[str, Any]) -> Measured:
    categories, audits = result["categories"], result["audits"]
    requests = audits["network-requests"]["details"]["items"]
    return Measured(
        scores={name: 100 * (categories[name]["score"] or 0) for name in CATEGORIES},
        weights={
            kind: sum(each["transferSize"] for each in requests if each.get("resourceType") == kind)
            for kind in MOST
        },
        shift=audits["cumulative-layout-shift"]["numericValue"],
        strangers={
            each["url"] for each in requests
            if not each["url"].startswith((f"https://{NAME}/", "data:", "blob:"))
        },
        lost={
            f"{name} → {each['id']}: {audits[each['id']].get('displayValue', '')}".strip(": ")
            for name in CATEGORIES
            for each in categories[name]["auditRefs"]
            if each["weight"] and (audits[each["id"]]["score"] or 0) < 0.9
            and audits[each["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
        },
    )  # fmt: skip
