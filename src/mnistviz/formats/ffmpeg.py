"""Find, probe, run and stop ffmpeg. No other module starts a process."""

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
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
        result = subprocess.run(
            _command(arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            start_new_session=True,
            creationflags=_OWN_GROUP,
        )
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
    arguments = ("-f", container, "-i", url(path), *lines)
    with _running(arguments, subprocess.DEVNULL, subprocess.PIPE) as (process, messages):
        assert process.stdout is not None
        frames = sum(not line.startswith(b"#") for line in process.stdout)
        status, said = process.wait(), _content(messages)
        if status != 0 or said:
            raise VideoError(f"the film cannot be read back: {cause(said)}")
    return frames


def run(arguments: Sequence[str], pieces: Iterable[memoryview | bytes] = ()) -> bytes:
    """Run ffmpeg to its end, and return what it writes to stdout.

    Parameters
    ----------
    arguments
        All of ffmpeg's.
    pieces
        What it reads from stdin: pictures, or files.

    Raises
    ------
    VideoError
        If ffmpeg cannot be started, fails, or is killed.
    """
    with (
        tempfile.TemporaryFile() as output,
        _running(arguments, subprocess.PIPE, output) as (process, messages),
    ):
        _feed(process, pieces)
        if (status := process.wait()) != 0:
            raise _failure(status, _content(messages))
        return _content(output)


@contextmanager
def _running(
    arguments: Sequence[str], stdin: int, stdout: int | IO[bytes]
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Start ffmpeg, and yield the process and the file of its messages; it ends with the block."""
    # A file without a name, which vanishes with the process. A pipe that nobody reads blocks it.
    with tempfile.TemporaryFile() as messages:
        try:
            process = subprocess.Popen(
                _command(arguments),
                stdin=stdin,
                stdout=stdout,
                stderr=messages,
                start_new_session=True,
                creationflags=_OWN_GROUP,
            )
        except OSError as error:
            raise VideoError(f"ffmpeg could not be started: {error}. {advice()}") from error
        try:
            yield process, messages
        finally:
            process.kill()  # unless it has ended
            process.wait()  # and leave no zombie
            if process.stdout:
                process.stdout.close()


def _feed(process: subprocess.Popen[bytes], pieces: Iterable[memoryview | bytes]) -> None:
    """Write to ffmpeg's stdin, and close it, which ends the input."""
    assert process.stdin is not None
    try:
        for piece in pieces:
            try:
                process.stdin.write(piece)
            except OSError:  # a broken pipe: ffmpeg has failed, and its exit status says so
                break
    finally:
        with suppress(OSError):
            process.stdin.close()


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _failure(status: int, messages: bytes) -> VideoError:
    """Return the error of an ffmpeg that failed, with its own message if there is one."""
    message = cause(messages)
    if "no space left on device" in message.lower():
        return VideoError("no space left on device. Free some, or write the film elsewhere.")
    if status < 0:
        name = signal.strsignal(-status)
        message = f"ended from outside by signal {-status} ({name}). Was memory short?"
    return VideoError(f"ffmpeg failed: {message or f'exit status {status}'}")


def _command(arguments: Sequence[str]) -> list[str]:
    return [_executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]


def cause(stderr: bytes) -> str:
    """Return ffmpeg's first error messages, which name the cause; the others are consequences."""
    said = stderr.decode(errors="replace").splitlines()
    lines = [re.sub(r"^(\[[^]]*\] *)+", "", line).strip() for line in said]
    return "; ".join(line for line in lines if line and "Last message" not in line)[:300]


def url(path: Path) -> str:
    """Return a file as a URL, so that a colon is no protocol and a leading dash no option."""
    return f"file:{path}"
