"""Static files are collected once, and again when one of them changes."""

from pathlib import Path
from typing import Any

import pytest

from operations import static_files


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "desk.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    return source


def test_files_are_collected_once(source: Path, tmp_path: Path) -> None:
    assert not static_files.are_collected()
    static_files.collect()
    assert static_files.are_collected()
    assert list((tmp_path / "collected").glob("desk.*.css"))


@pytest.mark.parametrize("name", ["desk.css", "new.css"])
def test_changed_and_new_files_are_noticed(source: Path, name: str) -> None:
    static_files.collect()
    (source / name).write_text("body { color: maroon }")
    assert not static_files.are_collected()
