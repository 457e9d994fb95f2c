"""The files of named sets: their folder, which of them are intact, and copies of them."""

import hashlib
import os
import shutil
from pathlib import Path

from mnistviz.datasets.named_sets import NamedSet, SetFile
from mnistviz.errors import DataError, OutputError, reason
from mnistviz.input import open_file
from mnistviz.output import check_target, replacing


def set_folder(named: NamedSet) -> Path:
    """Return the folder of a set's files, whether they are there or not.

    It is in the package, or next to it in a checkout, if the set is bundled. Else it is in the
    folder that the environment variable ``MNISTVIZ_CACHE`` names, or in the user's cache folder.

    Raises
    ------
    DataError
        If the bundled files are missing.
    OutputError
        If there is no such cache folder.
    """
    if named.bundled:
        return _bundled_folder()
    import platformdirs  # only here, since most runs use the bundled set

    chosen = os.environ.get("MNISTVIZ_CACHE")
    try:
        folder = Path(chosen).expanduser() if chosen else None
        return (folder or platformdirs.user_cache_path("mnistviz", appauthor=False)) / named.name
    except RuntimeError as error:  # there is no such user, or no home
        where = f"MNISTVIZ_CACHE={chosen}" if chosen else "the cache"
        raise OutputError(
            f"{where} cannot be found: {reason(error).rstrip('.')}; name a folder in MNISTVIZ_CACHE"
        ) from error


def missing_files(named: NamedSet, folder: Path) -> list[SetFile]:
    """Return the files of a set that a folder lacks, or holds with other bytes."""
    return [file for file in named.files if not is_intact(folder / file.name, file)]


def is_intact(path: Path, file: SetFile) -> bool:
    """Return whether a path holds exactly a file of a set."""
    try:
        with open_file(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except (OSError, ValueError):
        return False


def make_folder(folder: Path, parents: bool = False) -> None:
    """Make a folder, unless it is there, and make sure that files can be written into it.

    Raises
    ------
    OutputError
        If it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=parents, exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise OutputError(f"cannot make the folder {folder}: {reason(error)}") from error
    check_target(folder / "probe.gz", (".gz",))


def copy_set(named: NamedSet, source: Path, target: Path) -> None:
    """Copy the files of a set from one folder into another, over what is there.

    Raises
    ------
    OutputError
        If a file cannot be written.
    DataError
        If a copy has the wrong SHA-256; it is not kept.
    """
    for file in named.files:
        with replacing(target / file.name) as part:
            shutil.copyfile(source / file.name, part)
            if not is_intact(part, file):
                raise DataError(f"{source / file.name} was changed or damaged while it was copied")


def _bundled_folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed, checkout = (root / "data" / "mnist" for root in (package, package.parents[1]))
    for place in (installed, checkout):
        if place.is_dir():
            return place
    raise DataError(
        f"The bundled MNIST files are missing: expected them in {installed} or {checkout}.\n"
        "Reinstall mnistviz, or name a folder that holds them with --data."
    )
