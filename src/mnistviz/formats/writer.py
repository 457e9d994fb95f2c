"""Pictures become a film."""

import signal
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import VideoError
from mnistviz.formats.encoded_format import EncodedFormat
from mnistviz.formats.ffmpeg import advice, cause, end, start, stdin


class VideoWriter:
    """Writes pictures, one after another, into a film, and verifies the file.

    A context manager: ffmpeg runs inside the ``with`` block. Leaving it without an error
    completes and verifies the file; leaving it with any exception ends ffmpeg and leaves
    whatever is in the file. Each picture is written once, and ffmpeg holds it for its time.

    Parameters
    ----------
    path
        File to write. One that exists is overwritten: hand in the name of a temporary file,
        and move it once the block is left. Its suffix has no meaning.
    container
        What kind of film, and when each picture is on.

    Raises
    ------
    VideoError
        In the block and on leaving it, if ffmpeg fails, or if not exactly the timeline's pictures
        were written and its frames are in the file.
    """

    def __init__(self, path: Path, container: EncodedFormat) -> None:
        self._path = path
        self._container = container
        self._written = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mnistviz-"))
                self._words = stack.enter_context(Path(folder, "stderr").open("w+b"))
                first, *self._later = self._container.commands(Path(folder), self._path)
                self._process = start(first, self._words)
            except OSError as error:
                raise VideoError(f"ffmpeg could not be started: {error}. {advice()}") from error
            stack.callback(lambda: end(self._process))
            self._cleanup = stack.pop_all()
        return self

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture.

        Parameters
        ----------
        picture
            uint8, of the container's `picture_shape`.

        Raises
        ------
        VideoError
            If its type or shape is another, if it is one too many, or if ffmpeg has failed.
        """
        self._container.check_picture(picture, self._written)
        try:
            stdin(self._process).write(np.ascontiguousarray(picture).data)
        except OSError:  # a broken pipe; ffmpeg knows why
            self._process.wait()
            raise self._failure() from None
        self._written += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._cleanup:
            if kind is None:
                self._finish()
                self._container.complete(self._path)
                self._container.verify(self._path)

    def _finish(self) -> None:
        self._container.check_complete(self._written)
        self._wait()
        for command in self._later:
            self._process = start(command, self._words)
            self._wait()

    def _wait(self) -> None:
        with suppress(OSError):  # a broken pipe: the exit status tells of it
            stdin(self._process).close()
        if self._process.wait() != 0:
            raise self._failure()

    def _failure(self) -> VideoError:
        """Tell what ended ffmpeg, in its own words where it had any."""
        self._words.seek(0)
        words = cause(self._words.read().decode(errors="replace"))
        status = self._process.returncode
        if "no space left on device" in words.lower():
            cure = "Free some, or write the film elsewhere."
            return VideoError(f"no space left on device. {cure}")
        if status < 0:
            name = signal.strsignal(-status)
            words = f"ended from outside by signal {-status} ({name}). Was memory short?"
        return VideoError(f"ffmpeg failed: {words or f'exit status {status}'}")
