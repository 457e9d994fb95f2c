"""Writes a data set as a folder of IDX files."""

from pathlib import Path

import numpy as np

from mnistviz.datasets.class_names import FILE_NAME
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.load import Data, loaded
from mnistviz.datasets.sources.idx import write_idx
from mnistviz.datasets.sources.idx_file_names import MNIST
from mnistviz.output import check_new_folder, replacing_folder


def convert(data: Data, out: Path | str) -> Dataset:
    """Write a data set as four gzipped IDX files and ``classes.txt``, which load fast.

    The same set gives the same bytes. The folder appears when all of it is written.

    Parameters
    ----------
    data
        A data set, or where it comes from, as `load` takes it.
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
    dataset = loaded(data)
    with replacing_folder(Path(out)) as part:
        for name, split in (("train", dataset.train), ("test", dataset.test)):
            write_idx(part / f"{MNIST[name, 'images'][0]}.gz", split.images)
            write_idx(part / f"{MNIST[name, 'labels'][0]}.gz", split.labels.astype(np.uint8))
        (part / FILE_NAME).write_text("".join(f"{name}\n" for name in dataset.classes), "utf-8")
    return dataset
