"""Start the program, and stop it cleanly on Ctrl-C and the like."""

import signal
import sys
from _thread import interrupt_main
from threading import Timer
from types import FrameType
from typing import NoReturn

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 misused, 128 + n stopped by signal n."""
    received = _handle_signals()
    status = 1
    try:
        from mnistviz.cli.app import run  # with signals handled, since it takes a while

        status = run()
    except BaseException:
        # A signal in the middle of an import comes out as an error of another kind.
        if not received:
            raise
    sys.exit(128 + received[0] if received else status)


def _imports(frame: FrameType | None) -> bool:
    """Whether a module is being imported in a frame."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _handle_signals() -> list[int]:
    """Let the first signal unwind the program, so that temporary files and ffmpeg are removed.

    Returns
    -------
    list of int
        Empty; the number of the signal is appended when it comes.
    """
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    handled = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if _imports(frame):
            # An exception in the middle of an import can abort the process: a little later.
            Timer(0.01, interrupt_main, [number]).start()
            return
        received.append(number)
        for other in handled:
            signal.signal(other, signal.SIG_IGN)
        sys.exit(128 + number)

    def stop_again(dropped: "sys.UnraisableHookArgs") -> None:
        if not (received and isinstance(dropped.exc_value, SystemExit)):
            sys.__unraisablehook__(dropped)
            return
        # Python drops what a destructor or a weak reference's callback raises: raise it again.
        # Not before this function has returned, on a busy machine either: else it is dropped again.
        signal.signal(received[0], stop)
        Timer(0.2, interrupt_main, [received[0]]).start()

    for number in handled:
        signal.signal(number, stop)
    sys.unraisablehook = stop_again
    return received
