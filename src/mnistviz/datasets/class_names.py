"""Names of classes: read from ``classes.txt``, and checked."""

from pathlib import Path
from unicodedata import normalize

from mnistviz.datasets.dataset import MOST_CLASSES
from mnistviz.errors import DataError, is_line, reason
from mnistviz.input import read_text

FILE_NAME = "classes.txt"
_MOST_BYTES = 1 << 16  # far more than 256 names, so that a wrong file is not read whole


def read_class_names(folder: Path) -> tuple[str, ...] | None:
    """Read a folder's ``classes.txt``: UTF-8, one name a line; blank lines at the end do not count.

    Parameters
    ----------
    folder
        A data folder.

    Returns
    -------
    tuple of str, or None
        2 to 256 different printable names, without the blanks around them; None without the file.

    Raises
    ------
    DataError
        The file cannot be read or is not such a list.
    """
    path = folder / FILE_NAME
    try:
        text = read_text(path, _MOST_BYTES).rstrip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {reason(error)}.") from error
    # Only \n ends a line, as in an editor: splitlines would also end it at a form feed.
    names = tuple(same_name(line.strip(" \t\r")) for line in text.split("\n"))
    check_names(names, path)
    return names


def same_name(name: str) -> str:
    """Return a name in Unicode's form NFC: 'é' is one character, however a file has it."""
    return normalize("NFC", name)


def check_names(names: tuple[str, ...], path: Path | str) -> None:
    """Raise DataError if names are empty, doubled, unprintable, too few or too many."""
    if not 2 <= len(names) <= MOST_CLASSES:
        raise DataError(f"{path}: expected from 2 to {MOST_CLASSES} classes, got {len(names)}.")
    for place, name in enumerate(names):
        if not is_line(name):
            problem = f"expected printable class names, got {name!a}"
            raise DataError(f"{path}: {problem} for class {place} (0-based).")
        if name != name.strip():
            raise DataError(f"{path}: expected class names without outer blanks, got {name!r}.")
        if name in names[:place]:
            raise DataError(f"{path}: expected different class names, got '{name}' twice.")
