"""Folders of pictures by class: ``cat/*.png``, or ``train/cat/*.png`` and ``test/cat/*.png``."""

from pathlib import Path

import numpy as np

from mnistviz.datasets.class_names import FILE_NAME, check_names, read_class_names, same_name
from mnistviz.datasets.picture_file import SUFFIXES, natural, read_grey
from mnistviz.datasets.sources.contents import Contents, Part, Pictures
from mnistviz.datasets.sources.parts import is_junk, warn_of_unused
from mnistviz.errors import DataError, reason

# Where there is one of these, the classes are inside; the first counts.
TRAIN = ("train", "training")
TEST = ("test", "testing", "valid", "validation", "val")


def takes(path: Path) -> bool:
    """Whether a path is a folder that has folders, not of hidden files and the like."""
    return path.is_dir() and any(each.is_dir() and not is_junk(each) for each in path.iterdir())


def read(path: Path) -> Contents:
    """Read a folder of pictures.

    Parameters
    ----------
    path
        Holds a folder of pictures for each class; or folders ``train`` and ``test`` (or ``valid``)
        of such folders. And perhaps ``classes.txt``, which gives the order of the classes. Without
        it they are in natural order: 2 before 10. Hidden files, and those that systems leave in
        folders, do not count.

    Returns
    -------
    Contents
        With labels that are indices of the classes. A picture is decoded when it is asked for.

    Raises
    ------
    DataError
        A folder is missing or empty, a class has no name, or a file is no picture.
    """
    folders = {each.name.lower(): each for each in _entries(path) if each.is_dir()}
    train = next((folders[name] for name in TRAIN if name in folders), None)
    test = next((folders[name] for name in TEST if train and name in folders), None)
    if train:
        unused = [each.name for each in folders.values() if each not in (train, test)]
        if unused:
            warn_of_unused(path, unused)
    elif folders.keys() & set(TEST):
        raise DataError(
            f"{path}: expected a folder 'train' beside 'test', each with a folder of pictures for "
            "each class."
        )
    classes = read_class_names(path) or tuple(
        same_name(each.name) for each in _entries(train or path) if each.is_dir()
    )
    check_names(classes, train or path)
    return Contents(_part(train or path, classes), _part(test, classes) if test else None, classes)


def _entries(folder: Path) -> list[Path]:
    """Return the files and folders in a folder that count, in natural order."""
    try:
        entries = [path for path in folder.iterdir() if not is_junk(path)]
    except OSError as error:
        raise DataError(
            f"Folder {folder} cannot be read: {reason(error)}.\n"
            "Expected a folder of pictures for each class, such as train/cat and test/cat."
        ) from error
    return sorted(entries, key=lambda path: natural(path.name))


def _part(folder: Path, classes: tuple[str, ...]) -> Part:
    files: list[Path] = []
    labels: list[int] = []
    for entry in _entries(folder):
        if entry.name == FILE_NAME:
            continue
        if not entry.is_dir():
            raise DataError(
                f"{entry}: expected folders alone, one for each class; move it elsewhere."
            )
        if (name := same_name(entry.name)) not in classes:
            raise DataError(
                f"{ascii(str(entry))[1:-1]}: expected a folder named after a class, one of "
                f"{', '.join(classes)}."
            )
        for path in _entries(entry):
            if path.suffix.lower() not in SUFFIXES:
                raise DataError(f"{path}: expected a picture, {', '.join(SUFFIXES)}.")
            files.append(path)
            labels.append(classes.index(name))
    if not files:
        raise DataError(f"{folder}: expected folders of pictures, found no picture.")
    pictures = Pictures([str(path) for path in files], lambda place: read_grey(files[place]))
    return Part(pictures, np.array(labels), str(folder), str(folder))
