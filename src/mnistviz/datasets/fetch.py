"""Fetches the named sets: from one mirror after another, verified, into the cache."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Thread
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from mnistviz.datasets.cache import is_intact, make_folder, missing_files, set_folder
from mnistviz.datasets.named_sets import NamedSet, SetFile, check_mirror
from mnistviz.errors import DataError, OutputError, reason
from mnistviz.output import replacing
from mnistviz.progress import Progress, ProgressCallback, silent

_BLOCK = 2**16  # bytes
_BLOCKS_AHEAD = 4
_MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Patience:
    """How long to wait for mirrors.

    Attributes
    ----------
    silence
        Seconds without an answer or a byte after which a mirror is left.
    slowest
        Bytes a second, on average, below which a mirror is left once `silence` seconds are over.
    pauses
        Seconds to wait before each further round over all mirrors.
    """

    silence: float = 20
    slowest: float = 1000
    pauses: tuple[float, ...] = (1, 4)


class MirrorError(Exception):
    """A mirror did not give a file; it is `temporary` if another try may help."""

    def __init__(self, message: str, temporary: bool = False) -> None:
        super().__init__(message)
        self.temporary = temporary


def fetch_set(
    named: NamedSet,
    mirror: str | None = None,
    progress: ProgressCallback = silent,
    patience: Patience = Patience(),
) -> Path:
    """Make sure that the files of a set are in the cache, intact.

    Parameters
    ----------
    named
        The set. If its files are bundled or cached and have the right SHA-256, nothing is
        requested.
    mirror
        URL of a folder that holds its files, to be tried before the set's own mirrors.
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
    if mirror is not None:
        check_mirror(mirror)
    urls = (*((mirror,) if mirror is not None else ()), *named.mirrors)
    folder = set_folder(named)
    missing = missing_files(named, folder)
    if missing and named.bundled:
        raise DataError(f"{folder / missing[0].name} is damaged. Reinstall mnistviz.")
    if missing:
        _fetch_files(missing, named.title, _Mirrors(urls, patience), folder, progress)
    return folder


def _fetch_files(
    files: list[SetFile], title: str, mirrors: "_Mirrors", folder: Path, progress: ProgressCallback
) -> None:
    done, total = 0, sum(file.size for file in files)

    def report(received: int) -> None:
        note = f"{(done + received) / 1e6:.1f} of {total / 1e6:.1f} MB"
        progress(Progress("fetching", done + received, total, note))

    try:
        make_folder(folder, parents=True)
        for file in files:
            mirrors.fetch(file, folder / file.name, report)
            done += file.size
    except MirrorError as error:
        raise DataError(
            f"{title}: {file.name} could not be fetched. Tried {error}.\n"
            "Try again later or with --mirror URL, or get the four files by hand and name their "
            "folder with --data."
        ) from error
    except OutputError as error:
        advice = "Name another folder for the cache in the environment variable MNISTVIZ_CACHE."
        raise OutputError(f"{error}\n{advice}") from error


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class _Mirrors:
    """The mirrors of a set, in order; but one that has failed is tried after the others."""

    def __init__(self, urls: tuple[str, ...], patience: Patience) -> None:
        self._failures = dict.fromkeys((f"{url.rstrip('/')}/" for url in urls), 0)
        self._patience = patience

    def fetch(self, file: SetFile, path: Path, report: Callable[[int], None]) -> None:
        """Fetch a file from the first mirror that gives it, in several rounds over all of them."""
        remaining, reasons = list(self._failures), dict[str, str]()
        for pause in (0, *self._patience.pauses):
            time.sleep(pause if remaining else 0)
            for url in sorted(remaining, key=self._failures.__getitem__):
                try:
                    return self._download(url, file, path, report)
                except MirrorError as error:
                    self._failures[url] += 1
                    reasons[url] = str(error)
                    if not error.temporary:
                        remaining.remove(url)
        raise MirrorError(
            "; ".join(f"{_without_password(url)} ({why})" for url, why in reasons.items())
        )

    def _download(self, url: str, file: SetFile, path: Path, report: Callable[[int], None]) -> None:
        received, patience = 0, self._patience
        with replacing(path) as part:
            with part.open("wb") as stream:
                for block in _in_time(_blocks(url + file.name, file.size, patience), patience):
                    received += len(block)
                    stream.write(block)
                    report(received)
            if not is_intact(part, file):
                raise MirrorError("sent a file with another SHA-256")


def _in_time(blocks: Iterator[bytes], patience: Patience) -> Iterator[bytes]:
    """Yield blocks that a thread reads, which is left behind once it gives none for too long.

    The timeout of a socket alone would start again with each byte of a header that drips in.
    """
    queue = Queue[bytes | Exception](_BLOCKS_AHEAD)
    put = partial(queue.put, timeout=patience.silence)

    def read() -> None:
        try:
            for block in blocks:
                put(block)
            put(b"")
        except Full:
            return  # nobody takes the blocks any longer
        except Exception as error:
            with suppress(Full):
                put(error)

    Thread(target=read, daemon=True).start()
    try:
        while block := queue.get(timeout=patience.silence):
            if isinstance(block, Exception):
                raise block
            yield block
    except Empty:
        raise MirrorError(f"no answer for {patience.silence:g} s", temporary=True) from None


def _blocks(url: str, size: int, patience: Patience) -> Iterator[bytes]:
    """Yield what a mirror sends, which must be as long as expected and not too slow."""
    received, started = 0, time.monotonic()
    try:
        with _open(url, 2 * patience.silence) as response:
            # `read1` returns what is there; `iter_content` would wait for a full block from a
            # mirror that sends a byte now and then, and unpack what is labelled as gzipped.
            while block := response.raw.read1(_BLOCK):
                received += len(block)
                seconds = time.monotonic() - started
                if received > size:
                    raise MirrorError(f"sent more than the {size:,} bytes expected")
                if seconds > patience.silence and received < seconds * patience.slowest:
                    raise MirrorError(f"too slow: {received:,} bytes in {seconds:.0f} s")
                yield block
    except (requests.RequestException, HTTPError, ValueError) as error:
        temporary = isinstance(error, (requests.ConnectionError, requests.Timeout, HTTPError))
        raise MirrorError(_cause(error), temporary) from error
    if received < size:
        kind = response.headers.get("Content-Type", "unknown type")
        raise MirrorError(f"sent {received:,} bytes ({kind}), expected {size:,}")


def _open(url: str, timeout: float) -> requests.Response:
    session = _Session()
    for _ in range(_MOST_REDIRECTS + 1):
        # A server may unpack or pack on the way unless it is asked for the bytes as they are.
        headers = {"Accept-Encoding": "identity"}
        response = session.get(url, stream=True, timeout=timeout, headers=headers)
        if response.status_code == HTTPStatus.OK:
            return response
        response.close()
        target = requests.Session.get_redirect_target(session, response)
        if target is None:
            temporary = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise MirrorError(f"HTTP status {response.status_code} {response.reason}", temporary)
        url = urljoin(url, target)
    raise MirrorError(f"more than {_MOST_REDIRECTS} redirects")


class _Session(requests.Session):
    """Follows no redirect, since requests would first read all of its body, however long."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None: no redirect."""


def _cause(error: BaseException) -> str:
    while isinstance(error, (requests.RequestException, HTTPError)) and error.__context__:
        error = error.__context__  # to what happened first
    return reason(error).rstrip(".")
