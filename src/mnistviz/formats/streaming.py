"""Pictures become a stream of frames."""

import errno
import sys
from types import TracebackType
from typing import BinaryIO, Self, cast

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import OptionError, OutputError
from mnistviz.formats.y4m import FRAME, Y4m


def stdout() -> BinaryIO:
    """Return stdout as a stream of bytes.

    Raises
    ------
    OutputError
        If there is none, or it takes text alone, as in a notebook.
    OptionError
        If it is a terminal.
    """
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise OutputError("cannot write to stdout: it takes no bytes here; name a file")
    if stream.isatty():
        raise OptionError("stdout is a terminal; pipe the film into an encoder, or name a file")
    return cast(BinaryIO, stream)


class StreamWriter:
    """Writes pictures, one after another, into a stream, each for all of its frames.

    A context manager, as VideoWriter: leaving it without an error makes sure that no picture is
    missing. The stream stays open.

    Parameters
    ----------
    stream
        Where the frames go.
    container
        What kind of film, and when each picture is on.

    Raises
    ------
    VideoError
        In the block and on leaving it, if not exactly the timeline's pictures were written.
    OutputError
        If the stream cannot be written.
    BrokenPipeError
        If its reader has gone away.
    """

    def __init__(self, stream: BinaryIO, container: Y4m) -> None:
        self._stream = stream
        self._container = container
        self._written = 0

    def __enter__(self) -> Self:
        self._send(self._container.header)
        return self

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture: uint8, of the container's `picture_shape`."""
        self._container.check_picture(picture, self._written)
        frame = FRAME + picture.tobytes()
        timeline, number = self._container.timeline, self._written
        for _ in range(timeline.start(number), timeline.start(number + 1)):
            self._send(frame)
        self._written += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._container.check_complete(self._written)
            self._send(b"")

    def _send(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            if error.errno in (errno.EPIPE, errno.EINVAL):  # so Windows tells of a reader that left
                raise BrokenPipeError(errno.EPIPE, "the reader is gone") from None
            raise OutputError(f"cannot write to stdout: {error.strerror or error}") from error
