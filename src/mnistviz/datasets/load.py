"""Loads data sets: the bundled one, one from the network by its name, or a folder or file."""

import difflib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mnistviz.arguments import checked
from mnistviz.config import Wording
from mnistviz.datasets.assemble import assemble
from mnistviz.datasets.cache import set_folder
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.known import recognised
from mnistviz.datasets.named_sets import SETS, NamedSet
from mnistviz.datasets.picture_file import SUFFIXES
from mnistviz.datasets.source import Source
from mnistviz.datasets.sources import idx_folder
from mnistviz.datasets.sources.formats import KINDS, is_source, read_source
from mnistviz.errors import DataError, OptionError, harmless
from mnistviz.output import check_apart
from mnistviz.progress import ProgressCallback, silent

Data = Dataset | Source | Path | str
"""What functions take that need a data set: it is loaded after what can be checked without it."""


def loaded(data: Data, progress: ProgressCallback = silent) -> Dataset:
    """Return a data set as it is given, or load it; errors as `load`."""
    if isinstance(data, Dataset):
        return data
    if not isinstance(data, (Source, Path, str)):
        raise OptionError(
            f"expected a data set, or the name, folder or file of one, got a {type(data).__name__}"
        )
    return _load(data if isinstance(data, Source) else Source(data), progress)


def check_unread(target: Path | str | None, data: Data, wording: Wording, *others: object) -> None:
    """Refuse a target that is read as well, however it is named.

    Parameters
    ----------
    target
        What will be written; None for nothing.
    data, wording
        Of the function that writes it.
    others
        Paths of what else it reads; anything else does not count.

    Raises
    ------
    OutputError
        It is one of these files.
    """
    check_apart(target, wording.words, wording.font or None, *others, *_files_of(data, target))


def _files_of(data: Data, out: Path | str | None) -> Iterator[Path]:
    """Yield the files that are read for a data set, as far as an output may be one of them.

    Nothing that is not there yet is one, and of a folder only what has the name of a source.
    """
    name = data.name if isinstance(data, Source) else data
    if isinstance(name, Dataset) or out is None or not Path(out).is_file() or name in SETS:
        return
    yield Path(name)
    with suppress(OSError, ValueError):  # which reading it will tell of
        if Path(name).is_dir():
            yield from (each for each in Path(name).iterdir() if is_source(each))
            yield from (
                each for each in Path(name).glob("*/**/*") if each.suffix.lower() in SUFFIXES
            )


@checked
def load(
    source: Path | str = "mnist",
    mirror: str | None = None,
    progress: ProgressCallback = silent,
    *,
    image_size: tuple[int, int] | None = None,
    invert: bool | None = None,
    test_share: float | None = None,
    keep: tuple[str, ...] = (),
) -> Dataset:
    """Load a set by its name, or another one from a folder or a file.

    Parameters
    ----------
    source
        A name as a string: 'mnist' is bundled; 'fashion' and 'kmnist' are fetched once, and then
        kept in the user's cache. Anything else is a folder or a file, as are ``./fashion`` and
        ``Path("fashion")``: four IDX files, a folder of pictures for each class, an .npz, CSV or
        Parquet. docs/own-data.md says what each holds.
    mirror
        URL of a folder to try first for the files of a set that has to be fetched.
    progress
        Called while a set is fetched, with bytes.
    image_size
        Width and height in which the images are wanted, in pixels, 1 to 64; images of other sizes
        are scaled by area, whole and not distorted. Default: as they are; all must have one size.
    invert
        Whether to exchange dark and light. Default: no; images that seem to be dark on light are
        warned of.
    test_share
        Share of the images of each class that are put aside to test with, above 0 and below 1, in
        a set without test images. The choice is always the same one. Default: 1 in 6, which is
        warned of.
    keep
        Names or numbers of the classes to keep, 2 or more, of the training and the test images
        alike. Default: all.

    Returns
    -------
    Dataset
        A folder's set bears the folder's name; one with the very bytes of a set that has a name
        bears that. Classes are named by ``classes.txt``, the source's own names, or its labels.

    Raises
    ------
    DataError
        The set cannot be fetched; or the source is missing, unreadable or damaged, or what it holds
        does not fit together.
    OptionError
        An argument is not possible.
    OutputError
        The cache cannot be written.
    """
    return _load(Source(source, mirror, image_size, invert, test_share, keep), progress)


def _load(source: Source, progress: ProgressCallback) -> Dataset:
    if isinstance(source.name, str) and source.name in SETS:
        return _load_named(SETS[source.name], source, progress)
    _check_word(source.name)
    path = Path(source.name)
    contents = read_source(path)
    if named := recognised(contents):
        contents = contents._replace(classes=named.classes)
        return assemble(contents, source, named.title, named.noun, named.licence)
    whole = path.resolve()
    name = whole.name if path.is_dir() else whole.name.split(".")[0]
    return assemble(contents, source, harmless(name or str(whole)), "image", "")


def _load_named(named: NamedSet, source: Source, progress: ProgressCallback) -> Dataset:
    if named.bundled:
        folder = set_folder(named)
    else:
        from mnistviz.datasets.fetch import fetch_set  # only here: it takes a while to import

        folder = fetch_set(named, source.mirror, progress)
    contents = idx_folder.read(folder)._replace(classes=named.classes)
    return assemble(contents, source, named.title, named.noun, named.licence)


def _check_word(source: Path | str) -> None:
    """Raise DataError for a word that names neither a set nor anything in this folder."""
    if isinstance(source, Path) or Path(source).name != source or os.path.lexists(source):
        return
    near = difflib.get_close_matches(source.lower(), SETS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise DataError(
        f"No data set, folder or file is called {source!r}.{hint}\n"
        f"Name one of the sets {', '.join(SETS)}, or {KINDS}."
    )
