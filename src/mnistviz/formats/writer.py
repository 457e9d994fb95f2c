"""Film formats that ffmpeg writes, and the writer that feeds ffmpeg and verifies the film."""

import signal
import tempfile
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import VideoError
from mnistviz.formats.base import FilmFormat, PictureWriter
from mnistviz.formats.ffmpeg import advice, cause, close, count_frames, start, stdin, stop, url
from mnistviz.output import replacing


@dataclass(frozen=True)
class EncodedFormat(FilmFormat):
    """A film format that ffmpeg writes.

    Attributes
    ----------
    name
        Of the container, as ffmpeg names it.
    """

    name: ClassVar[str]

    @abstractmethod
    def arguments(self, folder: Path) -> list[str]:
        """Return ffmpeg's arguments, from its inputs to its encoder.

        Parameters
        ----------
        folder
            For files that ffmpeg reads; it is removed when the film is written.
        """

    def commands(self, folder: Path, path: Path) -> list[list[str]]:
        """Return the arguments of each run of ffmpeg, in turn; the first reads the pictures.

        Parameters
        ----------
        folder
            As of `arguments`.
        path
            File to write.
        """
        return [[*self.arguments(folder), "-y", "-f", self.name, url(path)]]

    @contextmanager
    def writer(
        self, out: Path | str, companion_files: Mapping[Path, bytes]
    ) -> Iterator[PictureWriter]:
        """Write to a temporary file, which then takes the place of `out`."""
        with replacing(Path(out), companion_files) as part, VideoWriter(part, self) as writer:
            yield writer

    def finish(self, path: Path) -> None:
        """Complete the film after ffmpeg has ended; most formats need nothing."""

    def verify(self, path: Path) -> None:
        """Read a film back, and raise VideoError if it lacks a frame or cannot be read."""
        found = count_frames(path, self.name)
        if found != self.frames:
            raise VideoError(f"ffmpeg wrote {found} frames instead of {self.frames}")

    def pictures_input(self) -> list[str]:
        """Return ffmpeg's first input: raw pictures from its stdin."""
        video_size = "{}x{}".format(*self.size)
        how = ("-f", "rawvideo", "-pixel_format", self.pixel_format, "-video_size", video_size)
        return [*how, "-framerate", str(self.timeline.frame_rate), "-i", "pipe:0"]

    def constant_rate(self) -> str:
        """Return the filter that repeats each picture for as long as it is shown."""
        return f"setpts='{self.timeline.start_formula()}',fps={self.timeline.frame_rate}"


class VideoWriter(PictureWriter):
    """Writes pictures to a film through ffmpeg, and verifies the file.

    ffmpeg runs inside the ``with`` block, which an exception ends at once. Each picture is
    written once, and ffmpeg repeats it for its time.

    Parameters
    ----------
    path
        File to write: a temporary one, to be moved after the block. Its suffix has no meaning.
    film_format
        Format of the film, with the times of its pictures.

    Raises
    ------
    VideoError
        Also if ffmpeg fails, or if a frame is missing in the file.
    """

    def __init__(self, path: Path, film_format: EncodedFormat) -> None:
        super().__init__(film_format)
        self._path = path
        self._encoded = film_format

    def _start(self) -> None:
        with ExitStack() as stack:
            try:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mnistviz-"))
                self._stderr = stack.enter_context(Path(folder, "stderr").open("w+b"))
                first, *self._later = self._encoded.commands(Path(folder), self._path)
                self._process = start(first, self._stderr)
            except OSError as error:
                raise VideoError(f"ffmpeg could not be started: {error}. {advice()}") from error
            stack.callback(lambda: stop(self._process))
            self._cleanup = stack.pop_all()

    def _send(self, picture: NDArray[np.uint8]) -> None:
        try:
            stdin(self._process).write(picture.data)
        except OSError:  # a broken pipe: ffmpeg's exit status and stderr have the cause
            self._process.wait()
            raise self._failure() from None

    def _finish(self) -> None:
        self._wait()
        for arguments in self._later:
            self._process = start(arguments, self._stderr)
            self._wait()
        self._encoded.finish(self._path)
        self._encoded.verify(self._path)

    def _wait(self) -> None:
        close(self._process)
        if self._process.wait() != 0:
            raise self._failure()

    def _failure(self) -> VideoError:
        """Return the error of an ffmpeg that failed, with its own message if there is one."""
        self._stderr.seek(0)
        message = cause(self._stderr.read().decode(errors="replace"))
        status = self._process.returncode
        if "no space left on device" in message.lower():
            remedy = "Free some, or write the film elsewhere."
            return VideoError(f"no space left on device. {remedy}")
        if status < 0:
            name = signal.strsignal(-status)
            message = f"ended from outside by signal {-status} ({name}). Was memory short?"
        return VideoError(f"ffmpeg failed: {message or f'exit status {status}'}")
