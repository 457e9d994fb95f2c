"""One file from one mirror, whatever the mirror does."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

import requests
from urllib3.exceptions import HTTPError

_BLOCK = 2**16  # bytes
# What may be better in a moment. A client's error (4xx) or wrong bytes will not be.
_PASSING = (requests.ConnectionError, requests.Timeout, HTTPError)


@dataclass(frozen=True)
class Patience:
    """How long a mirror is waited for.

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
    """A mirror did not give the file.

    Parameters
    ----------
    reason
        Why, in words that go after the mirror's URL.
    passing
        Whether it may give it in a moment.
    """

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


class Download:
    """A downloader for pooch, which takes no more than a file's size and does not wait forever.

    Parameters
    ----------
    size
        Length of the file in bytes.
    patience
        How long to wait.
    report
        Called with the number of bytes that have been written, before each further block.
    """

    def __init__(self, size: int, patience: Patience, report: Callable[[int], None]) -> None:
        self._size = size
        self._patience = patience
        self._report = report

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        """Download a file.

        Parameters
        ----------
        url
            Where it is.
        output_file
            Where to write it.
        pooch
            Not used; pooch passes it.

        Raises
        ------
        MirrorError
            If the mirror gives something else, or nothing.
        OSError
            If the file cannot be written.
        """
        try:
            with self._open(url) as response, Path(output_file).open("wb") as file:
                self._copy(response, file)
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise MirrorError(self._reason(error), isinstance(error, _PASSING)) from error

    def _open(self, url: str) -> requests.Response:
        # A server may unpack or pack on the way if it is not told otherwise.
        headers = {"Accept-Encoding": "identity"}
        response = requests.get(url, stream=True, timeout=self._patience.silence, headers=headers)
        if response.status_code != HTTPStatus.OK:
            response.close()
            passing = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise MirrorError(f"HTTP status {response.status_code} {response.reason}", passing)
        return response

    def _copy(self, response: requests.Response, file: BinaryIO) -> None:
        # `read1` returns what is there; `iter_content` would wait for a full block from a
        # mirror that sends a byte now and then, and unpack what is labelled as gzipped.
        received, started = 0, time.monotonic()
        while block := response.raw.read1(_BLOCK):
            self._report(received)
            received += len(block)
            self._check(received, time.monotonic() - started)
            file.write(block)
        if received < self._size:
            kind = response.headers.get("Content-Type", "unknown type")
            raise MirrorError(f"sent {received:,} bytes ({kind}), expected {self._size:,}")

    def _check(self, received: int, seconds: float) -> None:
        if received > self._size:
            raise MirrorError(f"sent more than the {self._size:,} bytes expected")
        if seconds > self._patience.silence and received < seconds * self._patience.slowest:
            raise MirrorError(f"too slow: {received:,} bytes in {seconds:.0f} s")

    def _reason(self, error: BaseException) -> str:
        while isinstance(error, (requests.RequestException, HTTPError)) and error.__context__:
            error = error.__context__  # to what happened first
        if isinstance(error, TimeoutError):
            return f"no answer for {self._patience.silence:g} s"
        return str(getattr(error, "strerror", None) or error).rstrip(".")
