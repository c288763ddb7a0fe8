"""Scripts and styles have names that change with their content, wherever they are named."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.mark.parametrize("kind", ["HashedFiles", "CompressedHashedFiles"])
def test_script_imports_the_very_files_that_it_was_collected_with(
    tmp_path: Path, settings: Any, kind: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "talk.js").write_text('import { fold } from "./fold.js";\nfold();\n')
    (source / "fold.js").write_text("export const fold = () => {};\n")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = collected = tmp_path / "collected"
    storage = {"BACKEND": f"newsroom.static_storage.{kind}"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    call_command("collectstatic", interactive=False, verbosity=0)
    [talk] = collected.glob("talk.*.js")
    [named] = re.findall(r'"\./(fold\.\w+\.js)"', talk.read_text())
    assert (collected / named).exists()
