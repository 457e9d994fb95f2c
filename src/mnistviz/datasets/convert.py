"""Writes a data set as a folder of IDX files."""

from pathlib import Path

import numpy as np

from mnistviz.datasets.class_names import FILE_NAME
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.datasets.idx import write_idx
from mnistviz.datasets.idx_file_names import MNIST
from mnistviz.datasets.load import load
from mnistviz.output import check_new_folder, replacing_folder


def convert_folder(folder: Path | str, out: Path | str) -> Dataset:
    """Write a folder of pictures, or any other own set, as IDX files and ``classes.txt``.

    Parameters
    ----------
    folder
        As `load` takes it.
    out
        A new or empty folder to write.

    Returns
    -------
    Dataset
        What was written.

    Raises
    ------
    MnistvizError
        If the set is damaged or the folder cannot be written; then nothing is.
    """
    check_new_folder(Path(out))
    data = load(folder)
    write_idx_folder(data, Path(out))
    return data


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
        As `check_new_folder`, or the disk is full, say; then nothing is left behind.
    """
    with replacing_folder(folder) as part:
        for name, split in (("train", data.train), ("test", data.test)):
            _write_split(part, name, split)
        (part / FILE_NAME).write_text("".join(f"{name}\n" for name in data.classes), "utf-8")


def _write_split(folder: Path, part: str, split: Split) -> None:
    for kind, array in (("images", split.images), ("labels", split.labels.astype(np.uint8))):
        write_idx(folder / f"{MNIST.stems[part, kind][0]}.gz", array)
