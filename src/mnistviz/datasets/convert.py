"""Writes a data set as a folder of IDX files."""

from pathlib import Path

import numpy as np

from mnistviz.datasets.class_names import FILE_NAME
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.idx import write_idx
from mnistviz.datasets.idx_file_names import MNIST
from mnistviz.datasets.load import load
from mnistviz.output import check_new_folder, replacing_folder


def convert_folder(folder: Path | str, out: Path | str) -> Dataset:
    """Write a folder of pictures, or any other set, as four gzipped IDX files and ``classes.txt``.

    The same set gives the same bytes. The folder appears when all of it is written.

    Parameters
    ----------
    folder
        As `load` takes it.
    out
        A new or empty folder to write.

    Returns
    -------
    Dataset
        The set that was read and written.

    Raises
    ------
    DataError
        If the set is damaged.
    OutputError
        If the folder cannot be written; then nothing is left behind.
    """
    check_new_folder(Path(out))
    data = load(folder)
    with replacing_folder(Path(out)) as part:
        for name, split in (("train", data.train), ("test", data.test)):
            write_idx(part / f"{MNIST[name, 'images'][0]}.gz", split.images)
            write_idx(part / f"{MNIST[name, 'labels'][0]}.gz", split.labels.astype(np.uint8))
        (part / FILE_NAME).write_text("".join(f"{name}\n" for name in data.classes), "utf-8")
    return data
