"""The folders that are written to: this one, that for temporary files, and the cache."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mnistviz.datasets.cache import set_folder
from mnistviz.datasets.named_sets import FASHION
from mnistviz.doctor.finding import Finding, guarded
from mnistviz.output import check_target

TEMPORARY = "Name a folder that can be written to in the environment variable TMPDIR."
CACHE = "Name another folder in the environment variable MNISTVIZ_CACHE."
LEAST_FREE = 100_000_000  # bytes; a film of a minute takes a tenth of them


def look_at_folders() -> Iterator[Finding]:
    """Yield what is found of each folder."""
    yield guarded("this folder", "Go to another folder.", _look_here)
    yield guarded("temporary", TEMPORARY, _look_at_temporary)
    yield guarded("cache", CACHE, _look_at_cache)


def _look_here() -> Finding:
    here = Path.cwd()
    check_target(here / "video.mp4", (".mp4",))
    return _with_room("this folder", here, "Free some, or name another disk with --out.")


def _look_at_temporary() -> Finding:
    return _with_room("temporary", Path(tempfile.gettempdir()), TEMPORARY)  # it tried to write


def _with_room(subject: str, folder: Path, advice: str) -> Finding:
    free = shutil.disk_usage(folder).free
    told = f"{folder}, {free / 1e9:,.1f} GB free"
    if free < LEAST_FREE:
        return Finding(subject, "note", told, advice)
    return Finding(subject, "ok", told)


def _look_at_cache() -> Finding:
    """Look whether the cache, or the folder that it would be made in, can be written to."""
    folder = set_folder(FASHION).parent
    try:
        made = next(each for each in (folder, *folder.parents) if each.exists())
        with tempfile.TemporaryFile(dir=made):
            return Finding("cache", "ok", str(folder))
    except OSError as error:
        told = f"{folder} cannot be written to, so no set can be fetched: {error.strerror}"
        return Finding("cache", "note", told, CACHE)
