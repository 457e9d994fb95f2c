"""Where data sets come from: the bundled MNIST, or a folder."""

from pathlib import Path

import numpy as np

from mnistviz.class_names import DIGITS
from mnistviz.dataset import Dataset
from mnistviz.errors import DataError
from mnistviz.idx_folder import read_idx_folder
from mnistviz.idx_names import holds_idx
from mnistviz.picture_folder import read_picture_folder


def load_dataset(folder: Path | str | None = None) -> Dataset:
    """Load the bundled MNIST, or another set from a folder.

    Parameters
    ----------
    folder
        Holds ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte``, ``t10k-images-idx3-ubyte``
        (or ``test-``) and ``t10k-labels-idx1-ubyte``. Each may be gzipped, with or without
        ``.gz`` at its end, and have ``.idx`` in place of ``-idx``. Where a file is there under
        several names, the first counts: NAME, NAME.gz, then both with ``.idx``. QMNIST, EMNIST and
        Kannada-MNIST are known by their own names. Or, without any of these,
        ``train/<class>/*.png`` and ``test/<class>/*.png``. Default: the bundled MNIST.

    Returns
    -------
    Dataset
        A folder's set bears the folder's name. Its classes are those of its ``classes.txt``;
        without it the folders' names, or '0' to '9' and as far as the labels go.

    Raises
    ------
    DataError
        The folder or a file is missing, unreadable or damaged, or the files do not fit together.
    """
    if folder is None:
        _, train, test = read_idx_folder(_bundled_folder())
        return Dataset("MNIST", DIGITS, "digit", train, test)
    return _read_folder(Path(folder))


def _read_folder(folder: Path) -> Dataset:
    pictures = not holds_idx(folder) and (folder / "train").is_dir()
    read = read_picture_folder if pictures else read_idx_folder
    classes, train, test = read(folder)
    path = folder.resolve()
    data = Dataset(path.name or str(path), classes, "image", train, test)
    _check_trainable(data, folder)
    return data


def _check_trainable(data: Dataset, folder: Path) -> None:
    """Refuse a class that nothing could be learnt of."""
    counts = np.bincount(data.train.labels, minlength=len(data.classes)).tolist()
    if 0 in counts:
        place = counts.index(0)
        raise DataError(
            f"Data folder {folder}: class {place} (0-based), '{data.classes[place]}', has no image "
            "to train with.\nIf there is no such class, name those that there are in classes.txt."
        )


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
