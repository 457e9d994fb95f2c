"""What is printed arrives whole, or is known not to: stdout and stderr of the command line."""

import errno
import io
import os
import sys
from typing import Any, TextIO

from mnistviz.output import write_all


class StdoutError(OSError):
    """What was printed could not be written."""


class _Whole(io.RawIOBase):
    """A raw stream that writes all that it is given, or raises StdoutError and then drops the rest.

    Python's own takes no notice if a file takes only a part, as a disk that gets full does.
    """

    def __init__(self, stream: TextIO, dropping: bool) -> None:
        self._stream = stream  # which would close the raw one if nobody held it
        self._raw: Any = getattr(stream.buffer, "raw", stream.buffer)
        self._dropping = dropping  # from the first error on; at the start, if errors do not matter
        self._broken = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        descriptor: int = self._raw.fileno()
        return descriptor

    def isatty(self) -> bool:
        terminal: bool = self._raw.isatty()
        return terminal

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        if not self._broken:
            try:
                write_all(self._raw, view)
            except OSError as error:
                self._broken = True
                if not self._dropping:
                    raise StdoutError(error.errno, error.strerror) from error
        return len(view)


class _Closed(io.RawIOBase):
    """A raw stream in place of a stdout that was closed before the program began."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raise StdoutError(errno.EBADF, os.strerror(errno.EBADF))


def print_whole() -> None:
    """Let errors of stdout be raised, and those of stderr, which has only news, be ignored."""
    if sys.stdout is None and os.name == "posix":  # elsewhere a program may have no console
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), "utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name that the encoding of stdout lacks is no reason to fail when all is done.
        errors = "backslashreplace" if sys.stdout.errors == "strict" else sys.stdout.errors
        sys.stdout = _rewrapped(sys.stdout, errors, dropping=False)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _rewrapped(sys.stderr, sys.stderr.errors, dropping=True)


def _rewrapped(stream: TextIO, errors: str | None, dropping: bool) -> TextIO:
    lines = stream.isatty() or dropping
    return io.TextIOWrapper(
        io.BufferedWriter(_Whole(stream, dropping)), stream.encoding, errors, line_buffering=lines
    )
