"""Targets: checked before long work starts, replaced only by what is complete."""

import os
import secrets
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from mnistviz.errors import MnistvizError, OutputError, reason

PART_FILES = ".mnistviz-*.part"  # what is written before it takes its target's place


def check_target(path: Path, suffixes: Collection[str]) -> str:
    """Make sure that a file can be written.

    Parameters
    ----------
    path
        Where the file is to stand. A regular file there is fine: it will be replaced.
    suffixes
        The suffixes that are known, in lower case, with their dots.

    Returns
    -------
    str
        The path's suffix in lower case.

    Raises
    ------
    OutputError
        If the suffix is unknown, the folder is missing or not writable, or something else than
        a regular file stands there.
    """
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        expected = " or ".join(suffixes)
        raise OutputError(f"cannot write {path}: expected a name that ends in {expected}")
    _check_replaceable(path)
    with naming(path), _temporary(path):
        return suffix


@contextmanager
def replacing(path: Path, beside: Mapping[Path, bytes] = MappingProxyType({})) -> Iterator[Path]:
    """Give a temporary file to write to, which takes the target's place if all goes well.

    Parameters
    ----------
    path
        The target. What was there stays as it was until the block ends without an error.
    beside
        Contents of further files, by their paths, that come and stay away together with it.

    Yields
    ------
    Path
        An empty file in the target's folder. It never outlives the block.

    Raises
    ------
    OutputError
        If a file cannot be written, for instance because the disk is full.
    """
    targets = (path, *beside)
    for target in targets:
        _check_replaceable(target)
    with ExitStack() as stack:
        parts = [_part(target, stack) for target in targets]
        for part, (target, content) in zip(parts[1:], beside.items(), strict=True):
            with naming(target):
                part.write_bytes(content)
        with naming(path):
            yield parts[0]
        # The target first: it is what another program may hold open, and then none is moved.
        for part, target in zip(parts, targets, strict=True):
            _move(part, target)


def _part(path: Path, stack: ExitStack) -> Path:
    with naming(path):
        return stack.enter_context(_temporary(path))


def _move(temporary: Path, path: Path) -> None:
    with naming(path):
        target = path.resolve()  # a symbolic link stays, the file that it names is replaced
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)


def _check_replaceable(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise OutputError(f"cannot write {path}: {reason(error)}") from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise OutputError(f"cannot write {path}: it is {kind}; name a file")
    if not os.access(path, os.W_OK):
        raise OutputError(f"cannot write {path}: it is write-protected; name another file")


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Make a file beside the target, readable to whom new files are, and remove it at the end."""
    temporary = path.resolve().parent / PART_FILES.replace("*", secrets.token_hex(8))
    try:
        temporary.open("xb").close()
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have every error name the target."""
    try:
        yield
    except MnistvizError as error:  # of what does the writing, which knows no name
        raise type(error)(f"cannot write {path}: {error}") from error
    except OSError as error:
        raise OutputError(f"cannot write {path}: {reason(error)}") from error
