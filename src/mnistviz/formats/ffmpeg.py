"""Find, probe, run and stop ffmpeg. No other module starts a process."""

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

# A process group of its own: the terminal's Ctrl-C reaches only Python, which then stops ffmpeg.
# (start_new_session does that on POSIX and nothing on Windows.)
_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


@dataclass(frozen=True)
class Need:
    """Something that a build of ffmpeg may lack: its name, and how to find out.

    With these arguments, an ffmpeg that has it prints a line that contains `line_part`.
    """

    name: str
    arguments: tuple[str, ...]
    line_part: str


def encoder_named(name: str) -> Need:
    """Return the need for an encoder, by ffmpeg's name for it."""
    return Need(f"the encoder {name}", ("-encoders",), f" {name} ")


def encoder_of(arguments: Sequence[str]) -> Need:
    """Return the need for the encoder named after ``-c:v``."""
    return encoder_named(arguments[arguments.index("-c:v") + 1])


# By default headers of an MP4 count milliseconds, and a frame at 30 a second takes 33⅓.
TIMESCALE = Need(
    "the option -movie_timescale, new in ffmpeg 5", ("-h", "muxer=mp4"), "-movie_timescale "
)
_RUNS = Need("a version", ("-version",), "ffmpeg")


def find_ffmpeg(needs: Iterable[Need] = (_RUNS,)) -> str:
    """Find ffmpeg and check what it can do, before any long work.

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
        If there is none, it does not run, or it lacks a need.
    """
    for need in needs:
        if need.line_part not in _query(need.arguments):
            raise VideoError(f"{_executable()} lacks {need.name}. {advice()}")
    return _executable()


def has_encoder(name: str) -> bool:
    """Whether ffmpeg has an encoder, by ffmpeg's name for it."""
    need = encoder_named(name)
    return need.line_part in _query(need.arguments)


def version() -> str:
    """Return ffmpeg's version."""
    words = _query(_RUNS.arguments).split()
    return words[2] if words[:2] == ["ffmpeg", "version"] else "an unknown version"


def _query(arguments: Sequence[str]) -> str:
    """Return what ffmpeg prints about itself, or raise VideoError if it does not run."""
    try:
        result = _run(arguments, seconds=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VideoError(f"{_executable()} does not run: {error}. {advice()}") from error
    if result.returncode != 0:
        failure = f"fails with exit status {result.returncode}"
        raise VideoError(f"{_executable()} {failure}. {advice()}")
    return result.stdout


def _executable() -> str:
    try:
        executable: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        searched = "neither in imageio-ffmpeg nor in conda nor on the PATH"
        raise VideoError(f"There is no ffmpeg, {searched}. {advice()}") from error
    return executable


def advice() -> str:
    """Return what a user can do about an ffmpeg that fails."""
    if "IMAGEIO_FFMPEG_EXE" in os.environ:
        return "Its name is from IMAGEIO_FFMPEG_EXE: unset that, or name another ffmpeg."
    return (
        "Upgrade or reinstall imageio-ffmpeg, or name an ffmpeg in the variable IMAGEIO_FFMPEG_EXE."
    )


def count_frames(path: Path, container: str) -> int:
    """Count a film's frames by reading it back; nothing is decoded, so it is quick."""
    # A line a frame. (-progress counts frames too, but in ffmpeg 7.0 not those of a copy.)
    lines = ("-map", "0:v", "-c", "copy", "-f", "framecrc", "-")
    result = _run(("-f", container, "-i", url(path), *lines))
    if result.returncode != 0 or result.stderr:
        raise VideoError(f"the film cannot be read back: {cause(result.stderr)}")
    return sum(not line.startswith("#") for line in result.stdout.splitlines())


def _run(
    arguments: Sequence[str], seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ffmpeg to its end."""
    return subprocess.run(
        _command(arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        start_new_session=True,
        creationflags=_OWN_GROUP,
    )


def start(arguments: Sequence[str], stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start ffmpeg with a pipe to its stdin; `stderr` is a file."""
    return subprocess.Popen(
        _command(arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=stderr,  # a pipe that nobody reads would fill up and block ffmpeg
        start_new_session=True,
        creationflags=_OWN_GROUP,
    )


def _command(arguments: Sequence[str]) -> list[str]:
    return [_executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]


def stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """Return the pipe to an ffmpeg that `start` started."""
    assert process.stdin is not None
    return process.stdin


def close(process: subprocess.Popen[bytes]) -> None:
    """Close ffmpeg's pipe, which ends its input.

    If ffmpeg has failed, the pipe is broken and its exit status says so.
    """
    with suppress(OSError):
        stdin(process).close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Kill ffmpeg unless it has ended, and leave no zombie."""
    process.kill()
    process.wait()
    close(process)


def cause(stderr: str) -> str:
    """Return ffmpeg's first error messages, which name the cause; the others are consequences."""
    lines = [re.sub(r"^(\[[^]]*\] *)+", "", line).strip() for line in stderr.splitlines()]
    return "; ".join(line for line in lines if line and "Last message" not in line)[:300]


def url(path: Path) -> str:
    """Return a file as a URL, so that a colon is no protocol and a leading dash no option."""
    return f"file:{path}"
