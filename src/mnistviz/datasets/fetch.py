"""Named sets from the network into the cache: mirror after mirror, verified, in one piece."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pooch

from mnistviz.datasets.cache import missing_files, set_folder, sweep
from mnistviz.datasets.download import Download, MirrorError, Patience
from mnistviz.datasets.named_sets import NamedSet, SetFile
from mnistviz.errors import DataError, OptionError, OutputError
from mnistviz.progress import Progress, ProgressCallback, silent


def fetch_set(
    named: NamedSet,
    mirror: str | None = None,
    progress: ProgressCallback = silent,
    patience: Patience = Patience(),
) -> Path:
    """Make sure that the files of a set are on this machine, unharmed.

    Parameters
    ----------
    named
        The set. If its files are bundled or cached and have the right SHA-256, nothing is
        requested.
    mirror
        URL of a folder that holds its files, to be asked before the set's own mirrors.
    progress
        Called with bytes, as task 'fetching'.
    patience
        How long to wait for a mirror.

    Returns
    -------
    Path
        The folder of the files.

    Raises
    ------
    OptionError
        If `mirror` is not the URL of a web server.
    DataError
        If no mirror gives a file; what had been verified before stays in the cache. If a bundled
        file is damaged.
    OutputError
        If the cache cannot be written.
    """
    own = () if mirror is None else (_checked(mirror),)
    folder = set_folder(named)
    missing = missing_files(named, folder)
    if missing and named.bundled:
        raise DataError(f"{folder / missing[0].name} is damaged. Install mnistviz anew.")
    if missing:
        sweep(folder)
        mirrors = _Mirrors(named, (*own, *named.mirrors), patience)
        with _naming(folder):
            _fetch_files(missing, mirrors, folder, progress)
    return folder


def _checked(mirror: str) -> str:
    try:
        parts = urlsplit(mirror)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # for instance of half an IPv6 address
        usable = False
    if not usable:
        raise OptionError(
            f"mirror must be the URL of a folder, as in https://example.org/fashion/ "
            f"(got {mirror!r})"
        )
    return mirror


def _fetch_files(
    files: list[SetFile], mirrors: "_Mirrors", folder: Path, progress: ProgressCallback
) -> None:
    done, total = 0, sum(file.size for file in files)

    def report(received: int) -> None:
        note = f"{(done + received) / 1e6:.1f} of {total / 1e6:.1f} MB"
        progress(Progress("fetching", done + received, total, note))

    for file in files:
        mirrors.fetch(file, folder, report)
        report(file.size)
        done += file.size


class _Mirrors:
    """Where to ask: in order, but one that has failed is asked after the others from then on."""

    def __init__(self, named: NamedSet, urls: tuple[str, ...], patience: Patience) -> None:
        self._named = named
        self._failures = dict.fromkeys((f"{url.rstrip('/')}/" for url in urls), 0)
        self._patience = patience

    def fetch(self, file: SetFile, folder: Path, report: Callable[[int], None]) -> None:
        """Fetch a file from the first mirror that gives it, in several rounds over all of them."""
        download = Download(file.size, self._patience, report)
        hopeful, reasons = set(self._failures), dict[str, str]()
        for pause in (0, *self._patience.pauses):
            time.sleep(pause if hopeful else 0)
            for url in sorted(hopeful, key=self._rank):
                try:
                    return _retrieve(url, file, folder, download)
                except MirrorError as error:
                    self._failures[url] += 1
                    reasons[url] = str(error)
                    if not error.passing:
                        hopeful.remove(url)
        raise DataError(self._message(file, reasons))

    def _rank(self, url: str) -> tuple[int, int]:
        return self._failures[url], list(self._failures).index(url)

    def _message(self, file: SetFile, reasons: dict[str, str]) -> str:
        tried = "; ".join(f"{url} ({reason})" for url, reason in reasons.items())
        return (
            f"{self._named.title}: {file.name} could not be fetched. Tried {tried}.\n"
            "Try again later or with --mirror URL, or get the four files by hand and name their "
            "folder with --data."
        )


def _retrieve(url: str, file: SetFile, folder: Path, download: Download) -> None:
    """Download into a temporary file, verify, move: all or nothing."""
    try:
        with _quiet_pooch():
            pooch.retrieve(url + file.name, f"sha256:{file.sha256}", file.name, folder,
                           downloader=download)  # fmt: skip
    except ValueError as error:  # of pooch, about the hash
        raise MirrorError("sent a file with another SHA-256") from error


@contextmanager
def _quiet_pooch() -> Iterator[None]:
    """Keep pooch from telling on stderr what the progress tells."""
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def _naming(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        first = error.__cause__ if isinstance(error.__cause__, OSError) else error  # pooch wraps
        raise OutputError(
            f"cannot write to the cache {folder}: {first.strerror or first}\n"
            "Name another folder for it with the environment variable MNISTVIZ_CACHE."
        ) from error
