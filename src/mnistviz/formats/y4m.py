"""Y4M: a stream of raw frames on stdout, to pipe into an encoder of your choice."""

import errno
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from mnistviz.errors import OptionError, OutputError
from mnistviz.formats.base import FilmFormat, Picture
from mnistviz.output import write_all


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

    def write(
        self, stream: BinaryIO, segments: Iterable[tuple[Sequence[int], Iterable[Picture]]]
    ) -> None:
        """Write the film to stdout, which stays open.

        Parameters
        ----------
        stream
            As `stdout` returns it.
        segments
            Of each segment, for how many frames each of its pictures is on, and the pictures.

        Raises
        ------
        OutputError
            If stdout cannot be written.
        BrokenPipeError
            If its reader has gone away.
        """
        _write(stream, self.header)
        for frames, pictures in segments:
            for count, picture in zip(frames, pictures, strict=True):
                frame = b"FRAME\n" + picture.tobytes()
                for _ in range(count):
                    _write(stream, frame)


def _write(stream: BinaryIO, data: bytes) -> None:
    try:
        stream.flush()
        write_all(getattr(stream, "raw", stream), memoryview(data))
    except OSError as error:
        if error.errno in (errno.EPIPE, errno.EINVAL):  # EINVAL: the same on Windows
            raise BrokenPipeError(errno.EPIPE, "the reader is gone") from None
        raise OutputError(f"cannot write to stdout: {error.strerror or error}") from error
