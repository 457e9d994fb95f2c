"""All formats, in the order in which they are asked whether they take a path."""

import stat
from pathlib import Path
from typing import Protocol

from mnistviz.datasets.class_names import FILE_NAME
from mnistviz.datasets.sources import class_folders, csv_file, idx_folder, npz_file, parquet_file
from mnistviz.datasets.sources.contents import Contents
from mnistviz.errors import DataError, harmless, reason

KINDS = (
    "a folder of four IDX files, of class folders, or of train and test files; or a .npz, .csv or "
    ".parquet file"
)


ENDINGS = (*npz_file.ENDINGS, *csv_file.ENDINGS, *parquet_file.ENDINGS, "-ubyte", "-int", FILE_NAME)


def is_source(path: Path) -> bool:
    """Whether a file has a name of those that are read from a folder."""
    return path.name.lower().removesuffix(".gz").endswith(ENDINGS)


class Format(Protocol):
    """What a module of a format has."""

    def takes(self, path: Path) -> bool:
        """Whether a path, which exists, looks like this format."""

    def read(self, path: Path) -> Contents:
        """Return what is there."""


FORMATS: tuple[Format, ...] = (idx_folder, parquet_file, class_folders, npz_file, csv_file)


def read_source(path: Path) -> Contents:
    """Read a folder or a file of any format.

    Parameters
    ----------
    path
        The folder or file.

    Raises
    ------
    DataError
        If it is missing, damaged, or of no format.
    """
    try:
        mode = path.stat().st_mode
        found = next((format for format in FORMATS if format.takes(path)), None)
        others = sorted(it.name for it in path.iterdir()) if path.is_dir() else []
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise DataError(f"{path}: cannot be read: {reason(error)}.\nExpected {KINDS}.") from error
    if found is None:
        got = "a file of another name" if stat.S_ISREG(mode) else "a pipe or a device"
        if stat.S_ISDIR(mode):
            got = f"a folder with {', '.join(others[:5])}" if others else "an empty folder"
        raise DataError(f"{path}: expected {KINDS}, got {harmless(got)}.")
    return found.read(path)
