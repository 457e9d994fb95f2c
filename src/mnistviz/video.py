"""Pictures become a film."""

import signal
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from fractions import Fraction
from math import floor
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import VideoError
from mnistviz.ffmpeg import advice, cause, count_frames, end, start, stdin, url

H264 = (
    *("-c:v", "libx264"),  # H.264 is what every browser, phone and television plays
    *("-profile:v", "high"),  # 8 bits, 4:2:0: all that hardware decoders can be relied on for
    *("-preset", "veryfast"),  # encoding takes most of the time; slower presets only save bytes
    *("-crf", "18"),  # no loss that the eye sees; imageio's 25 blurs thin text
    *("-flags:v", "+cgop"),  # closed groups of pictures can be cut and joined without loss
)
"""ffmpeg's arguments for the encoder of an MP4."""

_GIF_RATE = 100  # a GIF tells time in hundredths of a second
_GIF_DELAYS = range(2, 2**16)  # players take less for a tenth of a second; the field has 16 bits
_MOST_FRAMES = 2**32 - 1  # an MP4 counts its frames in 32 bits
_RGB = ("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size")


def frame_count(pictures: int, seconds_per_picture: float, frame_rate: int) -> int:
    """Count the frames that some pictures take at a constant frame rate.

    It also tells where a picture starts: picture `i`, from 0, at frame ``frame_count(i, ...)``.

    Parameters
    ----------
    pictures
        Number of pictures, 0 or more.
    seconds_per_picture
        Time of each in seconds, taken as the nearest fraction with a denominator of up to a
        million: 0.1 is a tenth and 1 / 3 a third.
    frame_rate
        Frames a second.

    Returns
    -------
    int
        ``pictures * seconds_per_picture * frame_rate``, a half rounded up.

    Raises
    ------
    VideoError
        If a picture would last less than one frame, or all of them longer than a file can.
    """
    count = floor(pictures * _frames_per_picture(seconds_per_picture, frame_rate) + Fraction(1, 2))
    if count > _MOST_FRAMES:
        raise VideoError(
            f"{pictures} pictures of {seconds_per_picture} s are {count} frames at {frame_rate} "
            f"a second, more than the {_MOST_FRAMES} of a file. Take fewer or shorter ones."
        )
    return count


class VideoWriter:
    """Writes pictures, one after another, into a film, and verifies the file.

    A context manager; ffmpeg runs inside the ``with`` block and holds each picture for its
    time. Leaving the block completes and verifies the file. Leaving it with any exception ends
    ffmpeg, and the file is rubbish.

    Parameters
    ----------
    path
        File to write, overwritten if it exists: name a temporary one, and move it once the
        block is left. Its suffix has no meaning.
    container
        'mp4': H.264, BT.709, at a constant `frame_rate`. 'gif': one frame a picture, looping.
    size
        Width and height in pixels, both even.
    pictures
        How many will be written.
    seconds_per_picture
        Time of each in seconds: at least one frame; in a GIF 0.02 to 655.35 s.
    frame_rate
        Frames a second of an MP4.
    palette
        Colours of a GIF, uint8 (256, 3). Each pixel takes the nearest; none is dithered.
    encoder
        ffmpeg's arguments for the encoder of an MP4.

    Raises
    ------
    VideoError
        On creation, for a value out of range. In the block and on leaving it, if ffmpeg fails,
        or if not exactly the promised pictures were written and are in the file.
    """

    def __init__(
        self,
        path: Path,
        container: str,
        size: tuple[int, int],
        pictures: int,
        seconds_per_picture: float,
        frame_rate: int,
        palette: NDArray[np.uint8] | None = None,
        encoder: Sequence[str] = H264,
    ) -> None:
        self._path = path
        self._container = container
        self._size = size
        self._pictures = pictures
        self._seconds = seconds_per_picture
        self._rate = _GIF_RATE if container == "gif" else frame_rate
        self._palette = palette
        self._encoder = encoder
        self._written = 0
        self._check()

    def _check(self) -> None:
        width, height = self._size
        if min(self._size) < 2 or width % 2 or height % 2:
            raise VideoError(f"A film of {width}×{height}: width and height must be even.")
        if self._pictures < 1:
            raise VideoError(f"A film of {self._pictures} pictures: it needs at least one.")
        if self._container not in ("mp4", "gif"):
            raise VideoError(f"A film is an 'mp4' or a 'gif', not {self._container!r}.")
        self._ticks(self._pictures)
        if self._container == "gif":
            self._check_gif()

    def _check_gif(self) -> None:
        if self._palette is None or _kind(self._palette) != "uint8 (256, 3)":
            raise VideoError("A GIF needs a palette: uint8 (256, 3).")
        if self._ticks(1) not in _GIF_DELAYS:
            raise VideoError(f"A GIF holds a picture 0.02 to 655.35 s, not {self._seconds} s.")

    @property
    def seconds(self) -> float:
        """Length of the film, in seconds."""
        return self._ticks(self._pictures) / self._rate

    def _ticks(self, pictures: int) -> int:
        """Time of some pictures: in frames of an MP4, in hundredths of a second of a GIF."""
        return frame_count(pictures, self._seconds, self._rate)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            try:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mnistviz-"))
                self._words = stack.enter_context(Path(folder, "stderr").open("w+b"))
                self._process = start(self._arguments(Path(folder)), self._words)
            except OSError as error:
                raise VideoError(f"ffmpeg could not be started: {error}. {advice()}") from error
            stack.callback(end, self._process)
            self._cleanup = stack.pop_all()
        return self

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture.

        Parameters
        ----------
        picture
            RGB, uint8 (height, width, 3).

        Raises
        ------
        VideoError
            If its type or shape is another, if it is one too many, or if ffmpeg has failed.
        """
        width, height = self._size
        if _kind(picture) != (expected := f"uint8 ({height}, {width}, 3)"):
            raise VideoError(f"Picture {self._written} is {_kind(picture)}, not {expected}.")
        if self._written == self._pictures:
            raise VideoError(f"more than the {self._pictures} pictures promised.")
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
                self._verify()

    def _finish(self) -> None:
        if self._written != self._pictures:
            promised = f"the {self._pictures} pictures promised"
            raise VideoError(f"only {self._written} of {promised}.")
        with suppress(OSError):  # a broken pipe: the exit status tells of it
            stdin(self._process).close()
        if self._process.wait() != 0:
            raise self._failure()

    def _verify(self) -> None:
        expected = self._pictures if self._container == "gif" else self._ticks(self._pictures)
        found = count_frames(self._path, self._container)
        if found != expected:
            raise VideoError(f"ffmpeg wrote {found} frames instead of {expected}.")

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

    def _arguments(self, folder: Path) -> list[str]:
        width, height = self._size
        return [
            *("-y", *_RGB, f"{width}x{height}", "-framerate", str(self._rate), "-i", "pipe:0"),
            *(self._gif(folder) if self._container == "gif" else self._mp4()),
            *("-f", self._container, url(self._path)),
        ]

    def _start_times(self) -> str:
        """Have ffmpeg start picture N at tick `_ticks(N)`, in exact whole numbers like it."""
        ticks = _frames_per_picture(self._seconds, self._rate)
        return f"setpts=floor((2*N*{ticks.numerator}+{ticks.denominator})/{2 * ticks.denominator})"

    def _mp4(self) -> list[str]:
        filters = (
            # At sharp edges area is off by 1 level at most, bicubic by 5, bilinear by 10.
            "scale=flags=area+accurate_rnd+full_chroma_int"
            ":in_range=full:out_range=tv:out_color_matrix=bt709",
            "format=yuv420p",
            # As output options, -color_primaries and -color_trc are dropped.
            "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv",
            self._start_times(),
            f"fps={self._rate}",  # repeats a picture that is converted already
        )
        return [
            *("-vf", ",".join(filters), "-frames:v", str(self._ticks(self._pictures))),
            *self._encoder,
            # By default headers count milliseconds, and frames at 30 a second take 33⅓.
            *("-movie_timescale", str(1000 * self._rate)),
            *("-movflags", "+faststart"),  # a browser starts before it has the whole file
        ]

    def _gif(self, folder: Path) -> list[str]:
        palette = folder / "palette"
        palette.write_bytes(np.ascontiguousarray(self._palette).tobytes())
        last = self._ticks(self._pictures) - self._ticks(self._pictures - 1)
        return [
            *(*_RGB, "16x16", "-i", url(palette)),
            "-filter_complex",
            f"[0:v]{self._start_times()}[timed];[timed][1:v]paletteuse=dither=none",
            *("-loop", "0", "-final_delay", str(last)),
        ]


def _frames_per_picture(seconds: float, frame_rate: int) -> Fraction:
    try:
        frames = Fraction(str(seconds)).limit_denominator(10**6) * frame_rate
    except ValueError:  # infinite or not a number
        frames = Fraction(0)
    if frames < 1:
        rate = f"{frame_rate} frames a second"
        raise VideoError(f"A picture of {seconds} s at {rate}: it must last at least one frame.")
    return frames


def _kind(array: NDArray[np.uint8]) -> str:
    return f"{array.dtype} {array.shape}"
