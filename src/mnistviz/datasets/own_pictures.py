"""Reads the user's own pictures, and brings them to the form of a data set's images."""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import Selection
from mnistviz.datasets.class_names import same_name
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.mnist_form import form_of_ink, grey_on_white
from mnistviz.datasets.photo import Photo, find_drawings, smaller
from mnistviz.datasets.picture_file import SUFFIXES, is_drawn_here, natural, read_picture
from mnistviz.datasets.sources.parts import is_junk
from mnistviz.errors import DataError, DataWarning, OptionError, reason
from mnistviz.language.language import ENGLISH, Remark
from mnistviz.output import check_apart, is_same

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_NAMED = 3  # files that are passed over


class Drawing(NamedTuple):
    """An image that was made of a picture, or of a part of it.

    Attributes
    ----------
    image
        uint8 (height, width), from 0 (background) to 255.
    name
        The name of the picture's file, and of several images of a picture the number of each.
    doubts
        What may be wrong with it, as of `Photo`.
    """

    image: NDArray[np.uint8]
    name: str
    doubts: tuple[Remark, ...] = ()


class Steps(NamedTuple):
    """What was done with a picture, to be shown: how it was, in even light, and its images."""

    name: str
    grey: NDArray[np.uint8]
    relit: NDArray[np.uint8]
    drawings: tuple[Drawing, ...]


class OwnPictures(NamedTuple):
    """Own pictures, in the form of a data set's images.

    Attributes
    ----------
    drawings
        The images, at least one, in the order of the files.
    labels
        The class of each image, if the names of all of them give one; else None.
    steps
        What was done with each picture, if that was asked for.
    skipped
        Why each picture is left out that cannot be used.
    """

    drawings: tuple[Drawing, ...]
    labels: tuple[int, ...] | None = None
    steps: tuple[Steps, ...] = ()
    skipped: tuple[str, ...] = ()


def read_own_pictures(
    paths: list[Path],
    dataset: Dataset,
    folder: Path | None = None,
    *,
    strict: bool = True,
    keep_steps: bool = False,
) -> OwnPictures:
    """Read pictures, of which each digit in a photo becomes an image.

    Parameters
    ----------
    paths
        Files of pictures, at least one.
    dataset
        What the images must be like, and whose classes the names may give.
    folder
        Where the files are: their names are relative to it. Default: their own folders.
    strict
        Whether a picture that cannot be used is an error; else it is warned of and left out.
    keep_steps
        Whether to keep what was done with each picture.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or blank; or all are, where that is not strict.
    """
    drawings: list[Drawing] = []
    labels: list[int | None] = []
    steps: list[Steps] = []
    skipped: list[str] = []
    for path in paths:
        name = path.relative_to(folder).as_posix() if folder else path.name
        try:
            rgba, photo, found = _drawn(path, name, dataset.test.image_size)
        except DataError as error:
            if strict or len(paths) == len(skipped) + 1:
                raise
            skipped.append(str(error))
            warnings.warn(f"left out: {error}", DataWarning, stacklevel=2)
            continue
        for doubt in photo.doubts:
            warnings.warn(f"{name}: not sure: {doubt.said(ENGLISH)}", DataWarning, stacklevel=2)
        drawings += found
        labels += len(found) * [label_of(name, dataset.classes)]
        if keep_steps:
            grey = smaller(grey_on_white(rgba))
            steps.append(Steps(name, grey, smaller(photo.relit), found))
    known = tuple(label for label in labels if label is not None)
    if 0 < len(known) < len(labels):
        without = drawings[labels.index(None)].name
        warnings.warn(
            f"some names give a true class, and {without} does not: none is shown",
            DataWarning,
            stacklevel=2,
        )
    whole = known if len(known) == len(labels) else None
    return OwnPictures(tuple(drawings), whole, tuple(steps), tuple(skipped))


def _drawn(
    path: Path, name: str, size: tuple[int, int]
) -> tuple[NDArray[np.uint8], Photo, tuple[Drawing, ...]]:
    """Return a picture, what is drawn in it, and an image of each digit of it."""
    rgba = read_picture(path)
    try:
        photo = find_drawings(rgba)
        images = [form_of_ink(ink, size) for ink in photo.inks]
    except DataError as error:
        raise DataError(f"cannot use the picture {path}: {error}") from error
    several = len(images) > 1
    names = [f"{name} {place}" if several else name for place in range(1, len(images) + 1)]
    made = zip(images, names, strict=True)
    return rgba, photo, tuple(Drawing(image, each, photo.doubts) for image, each in made)


def label_of(name: str, classes: tuple[str, ...]) -> int | None:
    """Return the class that the name of a picture gives: its folder, or its beginning up to _ or -.

    Folders of digits may have English names: ``seven/a.png`` and ``7_a.png`` are a 7.
    """
    *folders, file = same_name(name).casefold().split("/")
    spelt = {each.casefold(): label for label, each in enumerate(classes)}
    if folders:
        word = folders[-1]
        return spelt.get(str(DIGITS.index(word)) if word in DIGITS else word, spelt.get(word))
    begun = [each for each in spelt if file.startswith((f"{each}_", f"{each}-"))]
    return spelt[max(begun, key=len)] if begun else None


def choose_pictures(
    folder: Path | str, selection: Selection, targets: Iterable[Path | str | None] = ()
) -> list[Path]:
    """Return the files of the pictures to show: all by name, or as many as the selection counts.

    Raises
    ------
    OptionError
        If the selection says more than how many, or more than there are.
    DataError, OutputError
        As `find_pictures`.
    """
    count = selection.count
    if selection != Selection(count=count):
        raise OptionError(
            "own pictures are all shown, in the order of their names: leave out which test images, "
            "index, class, only, order and order seed"
        )
    files = find_pictures(Path(folder), targets)
    if count and count > len(files):
        raise OptionError(
            f"count must be at most {len(files)}, the pictures in {folder} (got {count})"
        )
    return files[:count]


def find_pictures(folder: Path, targets: Iterable[Path | str | None] = ()) -> list[Path]:
    """Return the pictures in a folder, sorted by name; '2.png' comes before '10.png'.

    A picture is a file with the suffix of one that is not hidden. Folders inside count where the
    folder itself has no picture: each is then named after the class of what is in it.

    Parameters
    ----------
    folder
        Where they are.
    targets
        Files that will be written. Nothing is said of those that an earlier run has left here.

    Raises
    ------
    DataError
        If there is none, or the folder cannot be read.
    OutputError
        If one of the pictures would be written over.
    """
    written = [Path(target) for target in targets if target]
    try:
        entries = list(folder.iterdir())
        if not any(map(_is_picture, entries)):
            inside = [each for each in entries if each.is_dir() and not is_junk(each)]
            entries += [path for each in inside for path in each.iterdir()]
        found = [path for path in entries if _is_picture(path)]
        ours = [path for path in found if is_drawn_here(path)]
        pictures = [path for path in found if path not in ours]
        ours = [path for path in ours if not any(is_same(path, each) for each in written)]
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise DataError(f"cannot read the folder of pictures {folder}: {reason(error)}") from error
    for target in written:
        check_apart(target, *pictures)
    if ours:
        names = ", ".join(sorted(path.name for path in ours)[:MOST_NAMED])
        warnings.warn(
            f"passed over in {folder}: {names}, which mnistviz drew", DataWarning, stacklevel=2
        )
    if not pictures:
        raise DataError(
            f"no pictures in {folder}: expected names that end in {', '.join(SUFFIXES)}, "
            f"got {len(entries)} of other kinds"
        )
    others = sorted(entry.name for entry in {*entries} - {*found} if _is_meant(entry))
    if others:
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        names = ", ".join(others[:MOST_NAMED])
        message = f"passed over in {folder}: {names}{more}; pictures end in {', '.join(SUFFIXES)}"
        warnings.warn(message, DataWarning, stacklevel=2)
    return sorted(pictures, key=lambda path: (natural(path.parent.name), natural(path.name)))


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _is_meant(path: Path) -> bool:
    """Whether a file that is no picture is worth a word: not what systems leave in folders."""
    return not is_junk(path) and path.is_file() and path.suffix.lower() not in SUFFIXES
