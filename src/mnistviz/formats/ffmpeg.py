"""Find, probe, run and stop ffmpeg. No other module starts a process."""

import errno
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import imageio_ffmpeg

from mnistviz.errors import VideoError, harmless, reason

# A process group of its own: the terminal's Ctrl-C reaches only Python, which then stops ffmpeg.
# (start_new_session does that on POSIX and nothing on Windows.)
_OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)

PATIENCE = 60  # seconds in which ffmpeg neither reads nor writes; a slow picture takes a few
TICK = 0.5  # seconds from one look at it to the next
SECONDS_TO_DRAIN = 5
MOST_SAID = 1 << 14  # bytes of its messages that are kept
PIPE_BYTES = 1 << 16


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


# Older ones lack other options too, and write WebPs that play too fast.
RECENT = Need("the option -fps_mode, new in ffmpeg 5.1", ("-h", "long"), "-fps_mode")
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
        raise VideoError(f"{_executable()} does not run: {_why(error)}") from error
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


def _why(error: Exception) -> str:
    """Return why ffmpeg does not start, and what to do: another one helps only if this is bad."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM):
        return f"{reason(error)}. Raise the limit (ulimit -a), or close other programs."
    return f"{reason(error)}. {advice()}"


def advice() -> str:
    """Return what a user can do about an ffmpeg that fails."""
    if "IMAGEIO_FFMPEG_EXE" in os.environ:
        return "Its name is from IMAGEIO_FFMPEG_EXE: unset that, or name another ffmpeg."
    return (
        "Upgrade or reinstall imageio-ffmpeg, or name an ffmpeg in the variable IMAGEIO_FFMPEG_EXE."
    )


def count_frames(path: Path, container: str) -> int:
    """Count a film's frames by reading it back; nothing is decoded, so it is quick."""
    frames = 0

    def count(lines: bytes) -> None:
        nonlocal frames
        frames += lines.count(b"\n") - lines.count(b"#")

    # A line a frame. (-progress counts frames too, but in ffmpeg 7.0 not those of a copy.)
    lines = ("-map", "0:v", "-c", "copy", "-f", "framecrc", "-")
    try:
        _run(("-xerror", "-f", container, "-i", url(path), *lines), (), count)
    except VideoError as error:
        raise VideoError(f"the film cannot be read back: {error}") from None
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
        If ffmpeg cannot be started, fails, is killed, or does nothing for `PATIENCE` seconds.
    """
    written = bytearray()
    _run(arguments, pieces, written.extend)
    return bytes(written)


def write(arguments: Sequence[str], pieces: Iterable[bytes] = ()) -> None:
    """Run ffmpeg to its end, when it writes to a file; errors as `run`."""
    # What it reports meanwhile shows that it is at work.
    _run(("-progress", "pipe:1", *arguments), pieces, lambda reported: None)


class _Patience:
    """Ends an ffmpeg that has been waited for too long: one that was stopped, or that hangs."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._waiting = False
        self._quiet = 0.0  # seconds
        self.is_over = False

    def begin(self) -> None:
        """Begin to wait."""
        self._quiet, self._waiting = 0.0, True

    def end(self) -> None:
        """Wait no longer: what takes time now is not ffmpeg."""
        self._waiting = False

    def renew(self) -> None:
        """Begin again, if it is waited for, since ffmpeg has done something."""
        self._quiet = 0.0

    def watch(self) -> None:
        """End the process if it is waited for too long; return when it has ended."""
        while self._process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(TICK)
            # Not by a clock, which goes on while this process is stopped, as by Ctrl-Z.
            self._quiet += TICK * self._waiting
            if self._quiet > PATIENCE and self._process.poll() is None:
                self.is_over = True
                _kill(self._process)


def _run(
    arguments: Sequence[str],
    pieces: Iterable[memoryview | bytes],
    take: Callable[[bytes], object],
) -> None:
    """Run ffmpeg to its end; `take` gets what it writes to stdout, piece by piece."""
    try:
        process = subprocess.Popen(
            _command(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=_OWN_GROUP,
        )
    except OSError as error:
        raise VideoError(f"ffmpeg could not be started: {_why(error)}") from error
    patience, said = _Patience(process), bytearray()

    def taken(data: bytes) -> None:
        patience.renew()
        take(data)

    def heard(data: bytes) -> None:
        said.extend(data[: MOST_SAID - len(said)])  # of a flood the beginning says enough

    # A pipe that nobody reads would block ffmpeg.
    threads = [
        Thread(target=_drain, args=(process.stdout, taken), daemon=True),
        Thread(target=_drain, args=(process.stderr, heard), daemon=True),
        Thread(target=patience.watch, daemon=True),
    ]
    try:
        for thread in threads:
            thread.start()
        _feed(process, pieces, patience)
        patience.begin()
        status = process.wait()
    finally:
        _kill(process)  # unless it has ended
        process.wait()  # and leave no zombie
        for thread in threads:
            thread.join(SECONDS_TO_DRAIN)  # what ffmpeg started may hold its pipes open
    if patience.is_over:
        raise VideoError(
            f"ffmpeg did nothing for {PATIENCE} s, and was ended. {cause(bytes(said))}".rstrip()
        )
    if status != 0:
        raise _failure(status, bytes(said))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, with what it has started: an ffmpeg may be a script that starts another."""
    if process.poll() is None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _drain(stream: IO[bytes], take: Callable[[bytes], object]) -> None:
    with suppress(OSError, ValueError), stream:
        while data := os.read(stream.fileno(), PIPE_BYTES):
            take(data)


def _feed(
    process: subprocess.Popen[bytes], pieces: Iterable[memoryview | bytes], patience: _Patience
) -> None:
    """Write to ffmpeg's stdin, and close it, which ends the input."""
    assert process.stdin is not None
    try:
        for piece in pieces:
            patience.begin()
            try:
                process.stdin.write(piece)
            except OSError:  # a broken pipe: ffmpeg has failed, and its exit status says so
                break
            patience.end()
    finally:
        with suppress(OSError):
            process.stdin.close()


def _failure(status: int, messages: bytes) -> VideoError:
    """Return the error of an ffmpeg that failed, with its own message if there is one."""
    message = cause(messages)
    lowered = message.lower()
    if "no space left on device" in lowered:
        return VideoError("no space left on device. Free some, or write the film elsewhere.")
    if "file too large" in lowered or status == -getattr(signal, "SIGXFSZ", 0):
        return VideoError("the file would be larger than the system allows (see ulimit -f).")
    if status < 0:
        name = signal.strsignal(-status)
        message = f"ended from outside by signal {-status} ({name}). Was memory short?"
    return VideoError(f"ffmpeg failed: {message or f'exit status {status}'}")


def _command(arguments: Sequence[str]) -> list[str]:
    return [_executable(), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]


def cause(stderr: bytes) -> str:
    """Return ffmpeg's first error messages, which name the cause; the others are consequences."""
    said = stderr.decode(errors="replace").splitlines()
    lines = [harmless(re.sub(r"^(\[[^]]*\] *)+", "", line).strip()) for line in said]
    return "; ".join(line for line in lines if line and "Last message" not in line)[:300]


def url(path: Path) -> str:
    """Return a file as a URL, so that a colon is no protocol and a leading dash no option."""
    return f"file:{path}"
