"""The only room that starts ffmpeg: found, tried, started, asked and ended."""

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from mnistviz.errors import VideoError

# A group of its own: the terminal's Ctrl-C reaches only Python, which then ends ffmpeg.
# (start_new_session does that on POSIX and nothing on Windows.)
_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


@dataclass(frozen=True)
class Need:
    """Something that an ffmpeg may lack.

    Attributes
    ----------
    what
        It, in words.
    question
        Arguments with which ffmpeg is asked for it.
    answer
        What stands in the answer of an ffmpeg that has it.
    """

    what: str
    question: tuple[str, ...]
    answer: str


def encoder_named(name: str) -> Need:
    """Return the need for an encoder, by the name that ffmpeg gives it."""
    return Need(f"the encoder {name}", ("-encoders",), f" {name} ")


def encoder_of(arguments: Sequence[str]) -> Need:
    """Return the need for the encoder that arguments name after ``-c:v``."""
    return encoder_named(arguments[arguments.index("-c:v") + 1])


# By default headers of an MP4 count milliseconds, and frames at 30 a second take 33⅓.
TIMESCALE = Need(
    "the option -movie_timescale, new in ffmpeg 5", ("-h", "muxer=mp4"), "-movie_timescale "
)
_RUNS = Need("a version", ("-version",), "ffmpeg")


def find_ffmpeg(needs: Iterable[Need] = (_RUNS,)) -> str:
    """Find an ffmpeg and try it, before any long work.

    It is the one that the variable ``IMAGEIO_FFMPEG_EXE`` names, or else the one that
    imageio-ffmpeg ships, or else conda's or the system's.

    Parameters
    ----------
    needs
        What it must have. By default it need only run.

    Returns
    -------
    str
        Path or name of the executable.

    Raises
    ------
    VideoError
        If there is none, it does not run, or it lacks what is needed.
    """
    for need in needs:
        try:
            told = _ask(*need.question, seconds=60)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise VideoError(f"{_executable()} does not run: {error}. {advice()}") from error
        if told.returncode != 0:
            failure = f"fails with exit status {told.returncode}"
            raise VideoError(f"{_executable()} {failure}. {advice()}")
        if need.answer not in told.stdout:
            raise VideoError(f"{_executable()} lacks {need.what}. {advice()}")
    return _executable()


def _executable() -> str:
    try:
        executable: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        looked = "neither in imageio-ffmpeg nor in conda nor on the PATH"
        raise VideoError(f"There is no ffmpeg, {looked}. {advice()}") from error
    return executable


def advice() -> str:
    """Return what a user can do about an ffmpeg that fails."""
    if "IMAGEIO_FFMPEG_EXE" in os.environ:
        return "Its name is from IMAGEIO_FFMPEG_EXE: unset that, or name another ffmpeg."
    return (
        "Upgrade or reinstall imageio-ffmpeg, or name an ffmpeg in the variable IMAGEIO_FFMPEG_EXE."
    )


def version() -> str:
    """Return the version that ffmpeg tells of itself."""
    words = _ask("-version", seconds=60).stdout.split()
    return words[2] if words[:2] == ["ffmpeg", "version"] else "an unknown version"


def has_encoder(name: str) -> bool:
    """Whether ffmpeg has an encoder, by the name that it gives it."""
    need = encoder_named(name)
    return need.answer in _ask(*need.question, seconds=60).stdout


def start(arguments: Sequence[str], words: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start ffmpeg with a pipe to feed it; `words` is a file that takes its stderr."""
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


def stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """Return the pipe to an ffmpeg that `start` started."""
    assert process.stdin is not None
    return process.stdin


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill ffmpeg unless it has ended, and leave no zombie."""
    process.kill()
    process.wait()
    with suppress(OSError):  # what is in the buffer has nowhere to go
        stdin(process).close()


def count_frames(path: Path, container: str) -> int:
    """Count a film's frames by reading it back; nothing is decoded, so that it is quick."""
    # A line a frame. (-progress counts frames too, but in ffmpeg 7.0 not those of a copy.)
    lines = ("-map", "0:v", "-c", "copy", "-f", "framecrc", "-")
    told = _ask("-f", container, "-i", url(path), *lines)
    if told.returncode != 0 or told.stderr:
        raise VideoError(f"the film cannot be read back: {cause(told.stderr)}")
    return sum(not line.startswith("#") for line in told.stdout.splitlines())


def cause(words: str) -> str:
    """Take ffmpeg's first lines, which tell the cause; what follows are its consequences."""
    lines = [re.sub(r"^(\[[^]]*\] *)+", "", line).strip() for line in words.splitlines()]
    return "; ".join(line for line in lines if line and "Last message" not in line)[:300]


def url(path: Path) -> str:
    """Name a file so that a colon is no protocol and a leading dash no option."""
    return f"file:{path}"
