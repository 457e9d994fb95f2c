"""Loads data sets: the bundled one, one from the network by its name, or one from a folder."""

import difflib
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mnistviz.arguments import checked
from mnistviz.datasets.cache import set_folder
from mnistviz.datasets.class_folders import read_picture_folder
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.idx_file_names import holds_idx
from mnistviz.datasets.idx_folder import read_idx_folder
from mnistviz.datasets.named_sets import SETS, NamedSet, check_mirror
from mnistviz.errors import DataError, DataWarning, OptionError, harmless
from mnistviz.progress import ProgressCallback, silent


@dataclass(frozen=True)
class Source:
    """Where a data set comes from that is not loaded yet.

    Attributes
    ----------
    name
        The name of a set, or a folder, as `load` takes it.
    mirror
        URL of a folder to try first for its files.
    """

    name: Path | str = "mnist"
    mirror: str | None = None


Data = Dataset | Source | Path | str
"""What functions take that need a data set: it is loaded after what can be checked without it."""


def loaded(data: Data, progress: ProgressCallback = silent) -> Dataset:
    """Return a data set as it is given, or load it; errors as `load`."""
    if isinstance(data, Dataset):
        return data
    if isinstance(data, Source):
        return load(data.name, data.mirror, progress)
    if not isinstance(data, (Path, str)):
        raise OptionError(
            f"expected a data set, or the name or folder of one, got a {type(data).__name__}"
        )
    return load(data, progress=progress)


@checked
def load(
    source: Path | str = "mnist",
    mirror: str | None = None,
    progress: ProgressCallback = silent,
) -> Dataset:
    """Load a set by its name, or another one from a folder.

    Parameters
    ----------
    source
        A name as a string: 'mnist' is bundled; 'fashion' and 'kmnist' are fetched once, and then
        kept in the user's cache. Anything else is a folder, as are ``./fashion`` and
        ``Path("fashion")``. It holds ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte``,
        ``t10k-images-idx3-ubyte`` (or ``test-``) and ``t10k-labels-idx1-ubyte``. Each may be
        gzipped, with or without ``.gz`` at its end, and have ``.idx`` in place of ``-idx``. Where a
        file is there under several names, the first counts: NAME, NAME.gz, then both with
        ``.idx``. QMNIST, EMNIST and Kannada-MNIST are known by their own names. Or, without any
        of these, ``train/<class>/*.png`` and ``test/<class>/*.png``.
    mirror
        URL of a folder to try first for the files of a set that has to be fetched.
    progress
        Called while a set is fetched, with bytes.

    Returns
    -------
    Dataset
        A folder's set bears the folder's name. Its classes are those of its ``classes.txt``;
        without it the names of the folders of pictures, or '0' to the greatest training label.

    Raises
    ------
    DataError
        The set cannot be fetched; or the folder or a file is missing, unreadable or damaged, or the
        files do not fit together.
    OptionError
        `mirror` is not the URL of a web server.
    OutputError
        The cache cannot be written.
    """
    if mirror is not None:
        check_mirror(mirror)
    if isinstance(source, str) and source in SETS:
        return _load_named(SETS[source], mirror, progress)
    _check_word(source)
    return _read_folder(Path(source))


def _read_folder(folder: Path) -> Dataset:
    pictures = not holds_idx(folder) and (folder / "train").is_dir()
    read = read_picture_folder if pictures else read_idx_folder
    classes, train, test = read(folder)
    counts = np.bincount(train.labels, minlength=len(classes)).tolist()
    if 0 in counts:
        place = counts.index(0)
        advice = "If there is no such class, name those that there are in classes.txt."
        if train.labels.min() == test.labels.min() == 1:
            advice = "Labels count from 0: if these count from 1, take 1 off each."
        raise DataError(
            f"Data folder {folder}: class {place} (0-based), '{classes[place]}', has no image "
            f"to train with.\n{advice}"
        )
    dark = [name for name, part in (("train", train), ("test", test)) if not part.images.any()]
    if dark:
        message = f"every image of {folder} ({' and '.join(dark)}) is black: nothing can be learnt"
        warnings.warn(message, DataWarning, stacklevel=2)
    path = folder.resolve()
    return Dataset(harmless(path.name or str(path)), classes, "image", train, test)


def _load_named(named: NamedSet, mirror: str | None, progress: ProgressCallback) -> Dataset:
    if named.bundled:
        folder = set_folder(named)
    else:
        from mnistviz.datasets.fetch import fetch_set  # only here: it takes a while to import

        folder = fetch_set(named, mirror, progress)
    _, train, test = read_idx_folder(folder)
    return Dataset(named.title, named.classes, named.noun, train, test, named.licence)


def _check_word(source: Path | str) -> None:
    """Raise DataError for a word that names neither a set nor anything in this folder."""
    if isinstance(source, Path) or Path(source).name != source or os.path.lexists(source):
        return
    near = difflib.get_close_matches(source.lower(), SETS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise DataError(
        f"No data set and no folder is called {source!r}.{hint}\n"
        f"Name one of the sets {', '.join(SETS)}, or a folder with IDX files."
    )
