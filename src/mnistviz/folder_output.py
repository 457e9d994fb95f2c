"""A folder as target: checked before long work starts, there only when it is complete."""

import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mnistviz.errors import OutputError, reason
from mnistviz.output import naming


def check_new_folder(folder: Path) -> None:
    """Make sure that a folder can be written.

    Parameters
    ----------
    folder
        Where it is to stand. An empty folder there is fine.

    Raises
    ------
    OutputError
        Something else is there, or the folder above it is missing or not writable.
    """
    with replacing_folder(folder, keep=False):
        pass


@contextmanager
def replacing_folder(folder: Path, keep: bool = True) -> Iterator[Path]:
    """Give a temporary folder to fill, which takes the target's place if all goes well.

    Parameters
    ----------
    folder
        The target: a new or an empty folder.
    keep
        Whether it is to take that place.

    Yields
    ------
    Path
        An empty folder beside the target. It never outlives the block.

    Raises
    ------
    OutputError
        As `check_new_folder`, or the folder cannot be filled, for instance because the disk is
        full.
    """
    _check_vacant(folder)
    target = folder.resolve()
    part = target.parent / f".mnistviz-{secrets.token_hex(8)}.part"
    try:
        with naming(folder):
            part.mkdir()
            yield part
            if keep:
                with suppress(FileNotFoundError):
                    part.chmod(stat.S_IMODE(target.stat().st_mode))
                    target.rmdir()  # it is empty; Windows does not replace even such a one
                part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_vacant(folder: Path) -> None:
    """Refuse what is there and no empty folder, or one that cannot be moved."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"cannot write {folder}: it is not empty; name a new folder")
        if folder.is_mount() or folder.resolve() == Path.cwd():
            raise OutputError(f"cannot write {folder}: it is in use; name a new folder")
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise OutputError(f"cannot write {folder}: {reason(error)}; name a new folder") from error
