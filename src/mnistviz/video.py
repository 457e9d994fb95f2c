"""Pictures become a film: the only module that starts ffmpeg."""

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from fractions import Fraction
from math import floor
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from mnistviz.errors import VideoError

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
# A group of its own: the terminal's Ctrl-C reaches only Python, which then ends ffmpeg.
# (start_new_session does that on POSIX and nothing on Windows.)
_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)

_NEEDS = {
    "the encoder libx264": (("-encoders",), " libx264 "),
    "the option -movie_timescale, new in ffmpeg 5": (("-h", "muxer=mp4"), "-movie_timescale "),
}


def find_ffmpeg() -> str:
    """Find an ffmpeg and try it, before any long work.

    It is the one that the variable ``IMAGEIO_FFMPEG_EXE`` names, or else the one that
    imageio-ffmpeg ships, or else conda's or the system's.

    Returns
    -------
    str
        Path or name of the executable.

    Raises
    ------
    VideoError
        If there is none, it does not run, or it cannot write such an MP4.
    """
    for need, (question, answer) in _NEEDS.items():
        try:
            told = _ask(*question, seconds=60)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise VideoError(f"{_executable()} does not run: {error}. {_advice()}") from error
        if told.returncode != 0:
            failure = f"fails with exit status {told.returncode}"
            raise VideoError(f"{_executable()} {failure}. {_advice()}")
        if answer not in told.stdout:
            raise VideoError(f"{_executable()} lacks {need}. {_advice()}")
    return _executable()


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
                self._process = _start(self._arguments(Path(folder)), self._words)
            except OSError as error:
                raise VideoError(f"ffmpeg could not be started: {error}. {_advice()}") from error
            stack.callback(_end, self._process)
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
            _stdin(self._process).write(np.ascontiguousarray(picture).data)
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
            _stdin(self._process).close()
        if self._process.wait() != 0:
            raise self._failure()

    def _verify(self) -> None:
        expected = self._pictures if self._container == "gif" else self._ticks(self._pictures)
        found = _count_frames(self._path, self._container)
        if found != expected:
            raise VideoError(f"ffmpeg wrote {found} frames instead of {expected}.")

    def _failure(self) -> VideoError:
        """Tell what ended ffmpeg, in its own words where it had any."""
        self._words.seek(0)
        words = _cause(self._words.read().decode(errors="replace"))
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
            *("-f", self._container, _url(self._path)),
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
            # Old releases give the last picture one frame: repeat it, and -frames:v ends the film.
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
            *(*_RGB, "16x16", "-i", _url(palette)),
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


def _executable() -> str:
    try:
        executable: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        looked = "neither in imageio-ffmpeg nor in conda nor on the PATH"
        raise VideoError(f"There is no ffmpeg, {looked}. {_advice()}") from error
    return executable


def _advice() -> str:
    if "IMAGEIO_FFMPEG_EXE" in os.environ:
        return "Its name is from IMAGEIO_FFMPEG_EXE: unset that, or name another ffmpeg."
    return (
        "Upgrade or reinstall imageio-ffmpeg, or name an ffmpeg in the variable IMAGEIO_FFMPEG_EXE."
    )


def _start(arguments: Sequence[str], words: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [_executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=words,  # a file: a pipe that nobody reads would fill up and stop ffmpeg
        start_new_session=True,
        creationflags=_OWN_GROUP,
    )


def _ask(*arguments: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        start_new_session=True,
        creationflags=_OWN_GROUP,
    )


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill ffmpeg unless it has ended, and leave no zombie."""
    process.kill()
    process.wait()
    with suppress(OSError):  # what is in the buffer has nowhere to go
        _stdin(process).close()


def _count_frames(path: Path, container: str) -> int:
    """Count by reading the whole file back; nothing is decoded, so that it is quick."""
    # A line a frame. (-progress counts frames too, but in ffmpeg 7.0 not those of a copy.)
    lines = ("-map", "0:v", "-c", "copy", "-f", "framecrc", "-")
    told = _ask("-f", container, "-i", _url(path), *lines)
    if told.returncode != 0 or told.stderr:
        raise VideoError(f"the film cannot be read back: {_cause(told.stderr)}")
    return sum(not line.startswith("#") for line in told.stdout.splitlines())


def _cause(words: str) -> str:
    """Take ffmpeg's first lines, which tell the cause; what follows are its consequences."""
    lines = [re.sub(r"^(\[[^]]*\] *)+", "", line).strip() for line in words.splitlines()]
    return "; ".join(line for line in lines if line and "Last message" not in line)[:300]


def _url(path: Path) -> str:
    """Name a file so that a colon is no protocol and a leading dash no option."""
    return f"file:{path}"


def _kind(array: NDArray[np.uint8]) -> str:
    return f"{array.dtype} {array.shape}"
