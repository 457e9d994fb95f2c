"""Y4M: a stream of raw frames on stdout, to pipe into an encoder of your choice."""

import errno
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, OutputError
from mnistviz.formats.base import FilmFormat, PictureWriter


def stdout() -> BinaryIO:
    """Return stdout as a binary stream.

    Raises
    ------
    OutputError
        If there is none, or it takes only text, as in a notebook.
    OptionError
        If it is a terminal.
    """
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise OutputError("cannot write to stdout: it takes no bytes here; name a file")
    if stream.isatty():
        raise OptionError("stdout is a terminal; pipe the film into an encoder, or name a file")
    return cast(BinaryIO, stream)


@dataclass(frozen=True)
class Y4m(FilmFormat):
    """Frames in yuv420p at a constant frame rate, as YUV4MPEG2."""

    pixel_format = "yuv420p"

    @property
    def header(self) -> bytes:
        """The line before the first frame.

        A chroma sample is the mean of four pixels and sited at their centre: '420jpeg'.
        """
        width, height = self.size
        rate = f"F{self.timeline.frame_rate}:1"
        tags = "Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED"
        return f"YUV4MPEG2 W{width} H{height} {rate} {tags}\n".encode()

    def writer(self, out: Path | str, companion_files: Mapping[Path, bytes]) -> "StreamWriter":
        """Write to stdout; a stream has no companion files."""
        return StreamWriter(stdout(), self)


class StreamWriter(PictureWriter):
    """Writes pictures to a stream, which stays open: a copy of the picture for each of its frames.

    Raises
    ------
    OutputError
        If the stream cannot be written.
    BrokenPipeError
        If its reader has gone away.
    """

    def __init__(self, stream: BinaryIO, film_format: Y4m) -> None:
        super().__init__(film_format)
        self._stream, self._header = stream, film_format.header

    def _start(self) -> None:
        self._write(self._header)

    def _send(self, picture: NDArray[np.uint8]) -> None:
        frame, timeline = b"FRAME\n" + picture.tobytes(), self._film_format.timeline
        for _ in range(timeline.start(self._written), timeline.start(self._written + 1)):
            self._write(frame)

    def _finish(self) -> None:
        """Nothing is left to do: each frame has been flushed."""

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            if error.errno in (errno.EPIPE, errno.EINVAL):  # EINVAL: the same on Windows
                raise BrokenPipeError(errno.EPIPE, "the reader is gone") from None
            raise OutputError(f"cannot write to stdout: {error.strerror or error}") from error
