"""Collect the static files of the local site, only when they have changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def are_collected() -> bool:
    """Say whether what was collected last is what would be collected now."""
    stamp = _stamp()
    return stamp.exists() and stamp.read_text() == _fingerprint()


def collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    _stamp().write_text(_fingerprint())


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _fingerprint() -> str:
    """Return a digest of all static files' names, sizes and times, and of how they are kept."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(["CVS", ".*", "*~"]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
