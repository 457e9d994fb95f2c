"""The files of named sets: where they are kept, which are there unharmed, and copies of them."""

import hashlib
import os
import shutil
import time
from pathlib import Path

from mnistviz.datasets.named_sets import NamedSet, SetFile
from mnistviz.errors import DataError, OutputError
from mnistviz.output import check_target, replacing

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


def copy_set(named: NamedSet, source: Path, target: Path) -> None:
    """Copy the files of a set into another folder, which is made if it is not there.

    Parameters
    ----------
    named
        The set.
    source
        The folder that holds them.
    target
        The folder to write to. Files of the same names are replaced.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    DataError
        If a copy has not the right SHA-256; it is not kept.
    """
    check_folder(target)
    for file in named.files:
        with replacing(target / file.name) as part:
            shutil.copyfile(source / file.name, part)
            if not is_intact(part, file):
                raise DataError(f"{source / file.name} was changed or damaged while it was copied")


def check_folder(folder: Path) -> None:
    """Make sure that files can be written into a folder, which is made if it is not there.

    Raises
    ------
    OutputError
        If they cannot.
    """
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot make the folder {folder}: {reason}") from error
    check_target(folder / "probe.gz", (".gz",))


def _bundled_folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed, checkout = (root / "data" / "mnist" for root in (package, package.parents[1]))
    for place in (installed, checkout):
        if place.is_dir():
            return place
    raise DataError(
        f"The bundled MNIST files are missing: expected them in {installed} or {checkout}.\n"
        "Install mnistviz anew, or name a folder that holds them with --data."
    )
