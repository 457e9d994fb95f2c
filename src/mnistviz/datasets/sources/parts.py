"""Files of a folder that hold the parts of one set: train.csv and test.csv, say."""

import warnings
from pathlib import Path
from typing import NamedTuple

from mnistviz.datasets.picture_file import natural
from mnistviz.errors import DataError, DataWarning

LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini", "__macosx", "icon\r")
# In the order of asking: what a name begins with, or has after a blank or a sign.
WORDS = {"train": ("train",), "test": ("test", "t10k"), "validation": ("valid", "val", "dev")}


class Files(NamedTuple):
    """Files of a part each, in natural order; `test` may be empty."""

    train: list[Path]
    test: list[Path]


def is_junk(path: Path) -> bool:
    """Whether a file or folder is hidden, or one that systems leave everywhere."""
    return path.name.startswith(".") or path.name.lower() in LEFT_BY_SYSTEMS


def part_of(name: str) -> str:
    """Return 'train', 'test', 'validation' or '', as the name of a file or folder says."""
    spelt = name.lower()
    for sign in "-_. ":
        spelt = spelt.replace(sign, " ")
    words = spelt.split()
    for part, starts in WORDS.items():
        if any(word.startswith(starts) for word in words):
            return part
    return ""


def files_of(path: Path, endings: tuple[str, ...]) -> list[Path]:
    """Return the files of a folder with one of some endings, or a file itself if it has one."""
    if not path.is_dir():
        return [path] if path.name.lower().endswith(endings) else []
    found = [each for each in path.iterdir() if each.name.lower().endswith(endings)]
    return sorted((it for it in found if not is_junk(it)), key=lambda it: natural(it.name))


def parts_of(path: Path, endings: tuple[str, ...]) -> Files:
    """Return which files hold the images to train with, and which those to test with.

    Of a folder with files for both, others are passed over, and named. Files of a validation part
    are for testing where there are none to test with.

    Raises
    ------
    DataError
        If no file is to train with, of several.
    """
    files = files_of(path, endings)
    if len(files) == 1:
        return Files(files, [])
    by_part: dict[str, list[Path]] = {"train": [], "test": [], "validation": [], "": []}
    for each in files:
        by_part[part_of(each.name)].append(each)
    if not by_part["train"]:
        raise DataError(
            f"{path}: expected one file, or names with 'train' and 'test' in them, got "
            f"{', '.join(each.name for each in files[:5])}."
        )
    test = by_part["test"] or by_part["validation"]
    unused = by_part[""] + (by_part["validation"] if by_part["test"] else [])
    if unused:
        warn_of_unused(path, [each.name for each in unused])
    return Files(by_part["train"], test)


def warn_of_unused(folder: Path, names: list[str]) -> None:
    """Say that files or folders are passed over."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    message = f"passed over in {folder}: {', '.join(names[:3])}{more}"
    warnings.warn(message, DataWarning, stacklevel=2)
