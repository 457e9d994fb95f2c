"""The program, as a command and as ``python -m mnistviz``; it stops cleanly when it is told to."""

import signal
import sys
from _thread import interrupt_main
from threading import Timer
from types import FrameType
from typing import NoReturn

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 misused, 128 + n stopped by signal n."""
    received = _heed_signals()
    status = 1
    try:
        from mnistviz.cli.app import run  # after the signals are heeded, since it takes a while

        status = run()
    except BaseException:
        # Of a signal in the middle of an import, Python makes errors of other kinds.
        if not received:
            raise
    sys.exit(128 + received[0] if received else status)


def _heed_signals() -> list[int]:
    """Let Ctrl-C and its kin unwind the program, once, so that temporary files and ffmpeg go.

    Returns
    -------
    list of int
        Will hold the signal that came.
    """
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        received.append(number)
        for heard in heeded:
            signal.signal(heard, signal.SIG_IGN)
        sys.exit(128 + number)

    def insist(dropped: "sys.UnraisableHookArgs") -> None:
        if not (received and isinstance(dropped.exc_value, SystemExit)):
            sys.__unraisablehook__(dropped)
            return
        # Python drops what is raised in a destructor or a weak reference's callback: stop after it.
        signal.signal(received[0], stop)
        Timer(0.01, interrupt_main, [received[0]]).start()

    for number in heeded:
        signal.signal(number, stop)
    sys.unraisablehook = insist
    return received


if __name__ == "__main__":
    main()
