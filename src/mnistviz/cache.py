"""Where the files of named sets are kept, and which of them are there, unharmed."""

import hashlib
import os
import time
from pathlib import Path

from mnistviz.errors import DataError
from mnistviz.sets import NamedSet, SetFile

# A download that goes on writes more often than this, so what is older was left by a process
# that was killed. Seconds.
_ABANDONED = 3600


def set_folder(named: NamedSet) -> Path:
    """Return the folder of a set's files, whether they are there or not.

    Parameters
    ----------
    named
        The set. If it is bundled, its folder is in the package or beside it; if not, in the cache:
        in ``MNISTVIZ_CACHE`` if that is set, in the user's own cache folder otherwise.

    Raises
    ------
    DataError
        If the bundled files are missing.
    """
    if named.bundled:
        return _bundled_folder()
    if chosen := os.environ.get("MNISTVIZ_CACHE"):
        return Path(chosen).expanduser() / named.name
    import platformdirs  # only here, since most runs use the bundled set

    return platformdirs.user_cache_path("mnistviz", appauthor=False) / named.name


def missing_files(named: NamedSet, folder: Path) -> list[SetFile]:
    """Return the files of a set that a folder lacks, or holds with other bytes."""
    return [file for file in named.files if not is_intact(folder / file.name, file)]


def is_intact(path: Path, file: SetFile) -> bool:
    """Tell whether a path holds exactly a file of a set."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove what downloads that were killed have left in a folder of the cache."""
    for path in folder.glob("tmp*"):  # as pooch calls them
        try:
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
        except OSError:  # another process was quicker, or it is not ours
            continue


def _bundled_folder() -> Path:
    package = Path(__file__).resolve().parent
    installed, checkout = (root / "data" / "mnist" for root in (package, package.parents[1]))
    for place in (installed, checkout):
        if place.is_dir():
            return place
    raise DataError(
        f"The bundled MNIST files are missing: expected them in {installed} or {checkout}.\n"
        "Install mnistviz anew, or name a folder that holds them with --data."
    )
