"""Where data sets come from: the bundled MNIST, or a folder."""

import string
from pathlib import Path

from mnistviz.dataset import Dataset
from mnistviz.errors import DataError
from mnistviz.idx_folder import read_splits

DIGITS = tuple(string.digits)


def load_dataset(folder: Path | str | None = None) -> Dataset:
    """Load the bundled MNIST, or the same four files of another set from a folder.

    Parameters
    ----------
    folder
        Holds ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte``, ``t10k-images-idx3-ubyte``
        and ``t10k-labels-idx1-ubyte``. Each may be gzipped, with or without ``.gz`` at its end,
        and have ``.idx`` in place of ``-idx``. Where a file is there under several names, the
        first counts: NAME, NAME.gz, then both with ``.idx``. Default: the bundled MNIST.

    Returns
    -------
    Dataset
        A folder's set bears the folder's name; its classes are '0' to '9', as in MNIST.

    Raises
    ------
    DataError
        The folder or a file is missing, unreadable or damaged, or the files do not fit together.
    """
    if folder is None:
        return Dataset("MNIST", DIGITS, "digit", *read_splits(_bundled_folder()))
    path = Path(folder)
    train, test = read_splits(path)
    path = path.resolve()
    return Dataset(path.name or str(path), DIGITS, "image", train, test)


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
