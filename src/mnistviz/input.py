"""Read files safely: regular ones alone, and no more of them than a limit."""

import codecs
import errno
import io
import os
import stat
from pathlib import Path

# The marks with which Windows begins texts; PowerShell writes UTF-16 into a redirected file.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def open_file(path: Path) -> io.BufferedReader:
    """Open a regular file to read.

    Raises
    ------
    OSError
        It cannot be read, or is a folder, a pipe or a device: to read these may never end.
    ValueError
        There is a null byte in its name.
    """
    # To open a pipe would wait for a writer. Windows has neither flag, or only the other.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "expected a file, got a folder, a pipe or a device", str(path))
    return os.fdopen(descriptor, "rb")


def read_text(path: Path, most: int) -> str:
    """Read a text file in UTF-8, or in UTF-16 with a byte order mark.

    Parameters
    ----------
    path
        The file.
    most
        Most bytes of it.

    Raises
    ------
    OSError
        As `open_file`.
    ValueError
        It is longer, or in another encoding; or as `open_file`.
    """
    with open_file(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"expected at most {most:,} bytes of text, got more")
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    try:
        return content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise ValueError(
            f"it is not in {encoding.upper()[:6].rstrip('-')}: byte {place} is "
            f"{content[place]:02x}; save it as UTF-8"
        ) from None
