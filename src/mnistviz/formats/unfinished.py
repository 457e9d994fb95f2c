"""The finished segments of a film that is not: kept beside it, so that work can go on."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from mnistviz.errors import OutputError
from mnistviz.formats.limit import FilmSizeError
from mnistviz.formats.painted import Made
from mnistviz.output import naming

SUFFIX = ".unfinished"  # of the folder, after the name of the film
_LOCK = "lock"
_KEY, _CONTENT = 16, 32  # digits of the hashes of film and segment
_SEGMENT = re.compile(rf"(\d{{6,}})-([0-9a-f]{{{_KEY}}})-([0-9a-f]{{{_CONTENT}}})-(\w*)\.segment")
_OURS = re.compile(
    rf"{_SEGMENT.pattern}|{_LOCK}|\.mnistviz-.*\.part|.*\.half|webvtt|ffmetadata|"
    r"segments\.txt|palette"
)


class Kept(NamedTuple):
    """A finished segment: its file, and SHA-256 of its pictures, or nothing."""

    path: Path
    drawn: str


@dataclass(frozen=True)
class Unfinished:
    """The folder of a film that is being made.

    Attributes
    ----------
    folder
        For its segments, and for all that is made on the way.
    key
        What the film depends on, as a hash.
    kept
        The finished segments, by number.
    """

    folder: Path
    key: str
    kept: dict[int, Kept] = field(default_factory=dict)

    def keep(self, number: int, made: Made) -> None:
        """Write a segment down."""
        content = hashlib.sha256(made.data).hexdigest()[:_CONTENT]
        name = f"{number:06}-{self.key[:_KEY]}-{content}-{made.drawn}.segment"
        path, half = self.folder / name, self.folder / f"{name}.half"
        half.write_bytes(made.data)
        half.replace(path)  # all of it, or nothing, whenever the power goes
        self.kept[number] = Kept(path, made.drawn)

    def find(self) -> None:
        """Find whole segments of this film, and remove all else."""
        for path in self.folder.iterdir():
            parts = _SEGMENT.fullmatch(path.name)
            if parts and parts[2] == self.key[:_KEY] and parts[3] == _hash_of(path):
                self.kept[int(parts[1])] = Kept(path, parts[4])
            elif path.name != _LOCK:
                _remove(path)


@contextmanager
def unfinished(out: Path, key: str) -> Iterator[Unfinished]:
    """Make or find the folder of a film that is being made.

    It is removed when the block ends without an error, or without a finished segment.

    Parameters
    ----------
    out
        The film.
    key
        What it depends on, as a hash: finished segments of a film of another key are removed.

    Raises
    ------
    OutputError
        If the folder cannot be written, holds something else, or another process is at work in it.
    """
    target = out.resolve()
    film = Unfinished(target.with_name(target.name + SUFFIX), key)
    with naming(out):
        lock = _locked(film.folder)
    try:
        with naming(out):
            film.find()
        yield film
        film.kept.clear()  # the film is there
    except FilmSizeError:
        film.kept.clear()  # a smaller film has segments of its own
        raise
    finally:
        if not film.kept:
            shutil.rmtree(film.folder, ignore_errors=True)
        lock.release()


def left_over(folder: Path) -> list[Path]:
    """Return the folders in a folder that hold segments of films, and nothing else."""
    return [
        path
        for path in sorted(folder.glob(f"*{SUFFIX}"))
        if path.is_dir() and all(_OURS.fullmatch(file.name) for file in path.iterdir())
    ]


def remove(folder: Path) -> None:
    """Remove a folder of `left_over`.

    Raises
    ------
    OutputError
        If it cannot be removed, or another process is at work in it.
    """
    with naming(folder):
        lock = _locked(folder)
        try:
            shutil.rmtree(folder)
        finally:
            lock.release()


def _locked(folder: Path) -> FileLock:
    """Make the folder, unless it is there, and take its lock."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if not _OURS.fullmatch(path.name):
            raise OutputError(
                f"its segments go into {folder.name}, where there is something else: "
                f"{path.name}; move or remove that"
            )
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise OutputError(
            "another mnistviz is at work on it; wait for that, or name another file"
        ) from None
    return lock


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_CONTENT]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError):
            path.unlink()
