"""Writes a data set as a folder of IDX files."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from mnistviz.class_names import FILE_NAME
from mnistviz.dataset import Dataset, Split
from mnistviz.errors import OutputError
from mnistviz.idx import write_idx
from mnistviz.idx_names import MNIST


def check_folder(folder: Path) -> None:
    """Make sure that a folder can be written.

    Parameters
    ----------
    folder
        Where it is to stand. An empty folder there is fine.

    Raises
    ------
    OutputError
        Something else is there, or the folder above it is missing or not writable.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"cannot write {folder}: it is not empty; name a new folder")
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot write {folder}: {reason}; name a new folder") from error
    with _replacing(folder, keep=False):
        pass


def write_idx_folder(data: Dataset, folder: Path) -> None:
    """Write a data set as MNIST's four files, gzipped, and its class names as ``classes.txt``.

    The same data give the same bytes. The folder appears when all of it is written.

    Parameters
    ----------
    data
        What to write.
    folder
        A new or empty folder.

    Raises
    ------
    OutputError
        As `check_folder`, or the disk is full, say; then nothing is left behind.
    """
    check_folder(folder)
    with _replacing(folder, keep=True) as part:
        for name, split in (("train", data.train), ("test", data.test)):
            _write_split(part, name, split)
        (part / FILE_NAME).write_text("".join(f"{name}\n" for name in data.classes), "utf-8")


def _write_split(folder: Path, part: str, split: Split) -> None:
    for kind, array in (("images", split.images), ("labels", split.labels.astype(np.uint8))):
        write_idx(folder / f"{MNIST.stems[part, kind][0]}.gz", array)


@contextmanager
def _replacing(folder: Path, keep: bool) -> Iterator[Path]:
    """Give a temporary folder beside the target, which takes its place if it is to be kept."""
    target = folder.resolve()
    part = target.parent / f".mnistviz-{secrets.token_hex(8)}.part"
    try:
        part.mkdir()
        yield part
        if keep:
            with suppress(FileNotFoundError):
                target.rmdir()  # it is empty; Windows does not replace even such a one
            part.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
