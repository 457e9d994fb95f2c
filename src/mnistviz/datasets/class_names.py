"""Names of classes: read from ``classes.txt``, or counted from the labels."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import MOST_CLASSES
from mnistviz.errors import DataError, reason

FILE_NAME = "classes.txt"
_MOST_BYTES = 1 << 16  # far more than 26 names; a wrong file is found out before it is read whole


def read_class_names(folder: Path) -> tuple[str, ...] | None:
    """Read a folder's ``classes.txt``: UTF-8, one name a line; blank lines at the end do not count.

    Parameters
    ----------
    folder
        A data folder.

    Returns
    -------
    tuple of str, or None
        2 to 26 different printable names, without the blanks around them; None without the file.

    Raises
    ------
    DataError
        The file cannot be read or is not such a list.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return None
    # Only \n ends a line, as in an editor: splitlines would also end it at a form feed.
    names = tuple(line.strip(" \t\r") for line in _text(path).rstrip().split("\n"))
    check_names(names, str(path))
    return names


def check_names(names: tuple[str, ...], where: str) -> None:
    """Refuse names that are empty, doubled, unprintable, too few or too many.

    Parameters
    ----------
    names
        Names of classes.
    where
        What the message begins with: the file or folder.

    Raises
    ------
    DataError
        The first of them that is not fine is named.
    """
    if not 2 <= len(names) <= MOST_CLASSES:
        raise DataError(f"{where}: expected from 2 to {MOST_CLASSES} classes, got {len(names)}.")
    for place, name in enumerate(names):
        if not name:
            raise DataError(f"{where}: expected a name for class {place} (0-based), got none.")
        if not name.isprintable():
            problem = f"expected printable class names, got {name!a}"
            raise DataError(f"{where}: {problem} for class {place} (0-based).")
        if name in names[:place]:
            raise DataError(f"{where}: expected different class names, got '{name}' twice.")


def count_class_names(path: Path, labels: NDArray[np.int64]) -> tuple[str, ...]:
    """Return '0' to the greatest label.

    Parameters
    ----------
    path
        The file of the labels, for the message.
    labels
        int64 (n,): those of the training images.

    Raises
    ------
    DataError
        The labels need fewer or more classes than there can be.
    """
    needed = int(labels.max(initial=0)) + 1
    if needed > MOST_CLASSES:
        raise DataError(
            f"{path}: expected at most {MOST_CLASSES} classes, labelled 0 to {MOST_CLASSES - 1}, "
            f"got {needed - 1} at index {labels.argmax()} (0-based)."
        )
    names = tuple(map(str, range(needed)))
    check_names(names, str(path))
    return names


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise DataError(
                f"{path}: expected at most {_MOST_BYTES} bytes of class names, got more."
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {reason(error)}.") from error
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, got {content[error.start]:#04x} at byte {error.start}"
        raise DataError(f"{path}: {problem}; save it as UTF-8.") from error
