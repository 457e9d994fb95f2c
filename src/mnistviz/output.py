"""Write files and folders safely: checked before long work starts, replaced when complete."""

import os
import re
import secrets
import select
import shutil
import stat
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mnistviz.errors import MnistvizError, OutputError, reason

PART_FILES = ".mnistviz-*.part"  # temporary files and folders, next to their targets
_PART_FILE = re.compile(r"\.mnistviz-[0-9a-f]{16}\.part")
# Whoever writes does so more often. What is older was left by a process that was killed.
_ABANDONED = 3600  # seconds


def write_all(stream: Any, data: memoryview) -> None:
    """Write bytes to a raw stream, which may take only a part at a time; wait where it is full.

    Raises
    ------
    OSError
        They cannot all be written.
    """
    while data:
        written = stream.write(data)
        if written is None:  # it does not block, and its reader is slower
            select.select((), (stream,), ())
        else:
            data = data[written:]


def check_target(path: Path, suffixes: Collection[str]) -> str:
    """Make sure that a file can be written.

    Parameters
    ----------
    path
        The target. A regular file there is fine: it will be replaced.
    suffixes
        The suffixes that are known, in lower case, with their dots.

    Returns
    -------
    str
        The path's suffix in lower case.

    Raises
    ------
    OutputError
        If the suffix is unknown, the folder is missing or not writable, or something other than
        a regular file stands there.
    """
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        expected = " or ".join(suffixes)
        raise OutputError(f"cannot write {path}: expected a name that ends in {expected}")
    _check_replaceable(path)
    with naming(path), tempfile.TemporaryFile(dir=path.resolve().parent):  # which has no name
        return suffix


def check_apart(target: Path | str | None, *sources: object) -> None:
    """Refuse a target that is read as well, however it is named; raise OutputError.

    Parameters
    ----------
    target
        What will be written; None for nothing.
    sources
        Paths of what is read. Anything else, such as a model that is no file, does not count.
    """
    for source in sources:
        if target and isinstance(source, (Path, str)) and is_same(Path(target), Path(source)):
            raise OutputError(f"cannot write {target}: it is read as well; name another file")


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are of the same file, which need not be there."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        with suppress(OSError, ValueError, RuntimeError):
            return one.resolve() == other.resolve()
        return False


@contextmanager
def replacing(
    path: Path, others: Mapping[Path, bytes] = MappingProxyType({}), inside: Path | None = None
) -> Iterator[Path]:
    """Yield a temporary file, which takes the target's place if the block ends without an error.

    Parameters
    ----------
    path
        The target. What was there stays as it was until then.
    others
        Contents of further files, by their paths, that are written together with it or not at all.
    inside
        Folder on the same disk for the temporary files. Default: that of each target.

    Yields
    ------
    Path
        An empty file. It never outlives the block.

    Raises
    ------
    OutputError
        If a file cannot be written, for instance because the disk is full.
    """
    targets = (path, *others)
    for target in targets:
        _check_replaceable(target)
    with ExitStack() as stack:
        parts = [_part(target, inside, stack) for target in targets]
        for part, (target, content) in zip(parts[1:], others.items(), strict=True):
            with naming(target):
                part.write_bytes(content)
        with naming(path):
            yield parts[0]
        for part, target in zip(parts, targets, strict=True):
            _check_replaceable(target)  # again, before the first is moved
            with naming(target):
                _settle(part)
        # The target first: it is what another program may hold open, and then none is moved.
        for part, target in zip(parts, targets, strict=True):
            _move(part, target)


def check_new_folder(folder: Path) -> None:
    """Make sure that a folder can be written; errors as `replacing_folder`."""
    with replacing_folder(folder, keep=False):
        pass


@contextmanager
def replacing_folder(folder: Path, keep: bool = True, inside: Path | None = None) -> Iterator[Path]:
    """Yield a temporary folder, which takes the target's place if the block ends without an error.

    Parameters
    ----------
    folder
        The target: a new or an empty folder.
    keep
        Whether it is to take that place.
    inside
        Folder on the same disk for the temporary one. Default: that of the target.

    Yields
    ------
    Path
        An empty folder. It never outlives the block.

    Raises
    ------
    OutputError
        If something else is there, or the folder cannot be made or filled.
    """
    _check_vacant(folder)
    target = folder.resolve()
    _sweep(target.parent)
    part = _part_path(target, inside)
    try:
        with naming(folder):
            part.mkdir()
            yield part
            if keep:
                with suppress(FileNotFoundError):
                    with suppress(PermissionError):  # of a disk without modes
                        part.chmod(stat.S_IMODE(target.stat().st_mode))
                    target.rmdir()  # it is empty; Windows does not replace even such a one
                part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have every error of writing name the target."""
    try:
        yield
    except MnistvizError as error:  # raised where the target's name is not known
        raise type(error)(f"cannot write {path}: {error}") from error
    except OSError as error:
        raise OutputError(f"cannot write {path}: {reason(error)}") from error


def _sweep(folder: Path) -> None:
    """Remove the temporary files and folders of processes that were killed."""
    with suppress(OSError):
        for path in folder.glob(PART_FILES):
            old = time.time() - path.stat().st_mtime > _ABANDONED
            if old and _PART_FILE.fullmatch(path.name):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


def _part(path: Path, inside: Path | None, stack: ExitStack) -> Path:
    with naming(path):
        _sweep(path.resolve().parent)
        part = _part_path(path.resolve(), inside)
        stack.callback(part.unlink, missing_ok=True)
        part.open("xb").close()  # as readable as new files are
        return part


def _part_path(target: Path, inside: Path | None) -> Path:
    return (inside or target.parent) / PART_FILES.replace("*", secrets.token_hex(8))


def _move(temporary: Path, path: Path) -> None:
    with naming(path):
        target = path.resolve()  # a symbolic link stays, the file that it names is replaced
        with suppress(OSError):  # of a disk without modes; or there is no older file
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)


def _settle(path: Path) -> None:
    """Have the disk hold a file, so that it is whole after a power cut, if it has taken a name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


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
    if _is_mounted(path):
        raise OutputError(f"cannot write {path}: it is mounted there by itself; name another file")


def _is_mounted(path: Path) -> bool:
    """Whether a file is a mount point of its own, as in a container, which cannot be replaced."""
    try:
        mounts = Path("/proc/self/mountinfo").read_bytes()  # of Linux
    except OSError:
        return False
    name = b"".join(
        b"\\%03o" % byte if byte in b"\\ \t\n" else bytes([byte])  # as it is written there
        for byte in os.fsencode(path.resolve())
    )
    return any(line.split(b" ", 5)[4] == name for line in mounts.splitlines())


def _check_vacant(folder: Path) -> None:
    """Refuse a folder that is not empty, or that cannot be moved."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"cannot write {folder}: it is not empty; name a new folder")
        if folder.is_mount() or folder.resolve() == Path.cwd():
            raise OutputError(f"cannot write {folder}: it is in use; name a new folder")
    except (OSError, ValueError, RuntimeError) as error:  # a null byte, or a loop of links
        raise OutputError(f"cannot write {folder}: {reason(error)}; name a new folder") from error
